import CLibcurl

/// A list of texts in libcurl's form.
///
/// libcurl keeps only the pointer, so this must outlive the transfer.
@safe final class CurlList {
    private(set) var head: UnsafeMutablePointer<curl_slist>?

    init(_ texts: [String]) {
        for text in texts {
            guard let longer = unsafe curl_slist_append(head, text) else { return }
            unsafe head = longer
        }
    }

    deinit { unsafe curl_slist_free_all(head) }
}
