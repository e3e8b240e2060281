import CLibcurl
import Glibc

/// libcurl as a whole: its one-time start for the process, and its version.
package enum CurlLibrary {
    /// The version in use, such as `8.5.0`; loaded at run time, so that it may be newer than the one built with.
    package static var version: String {
        guard let text = unsafe curl_version() else { return "unknown" }
        let first = unsafe String(cString: text).prefix { $0 != " " }
        return first.split(separator: "/").last.map(String.init) ?? "unknown"
    }

    /// True once libcurl is ready; started at the first use.
    ///
    /// SIGPIPE is ignored from then on: with `CURLOPT_NOSIGNAL`, which threads need, libcurl leaves that to the program.
    static let isReady: Bool = {
        signal(SIGPIPE, SIG_IGN)
        return curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
    }()
}
