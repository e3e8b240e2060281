package import Encoding
import OpenBanking

/// What is registered where a request leaves redirect_uris out: every usable URI of the statement.
package enum DefaultRedirects {
    /// The statement's URIs that pass, in their order, each once.
    package static func uris(_ evidence: Evidence) -> [ByteSlice] {
        var found: [ByteSlice] = []
        evidence.stated(.redirectURIs)?.forEachElement { element in
            if let text = element.text, isUsable(text), !found.contains(text) { found.append(text) }
        }
        return found
    }

    /// True for a URI that passes.
    static func isUsable(_ text: ByteSlice) -> Bool {
        isUsable(text, RedirectURI.read(text))
    }

    /// The same of one that was taken apart already; nil where it could not be.
    static func isUsable(_ text: ByteSlice, _ read: RedirectURI?) -> Bool {
        guard text.count <= 256, text.firstIndex(of: UInt8(ascii: "*")) == nil, let uri = read else { return false }
        return uri.isHTTPS && !uri.userInfo && !uri.isLocal && !uri.hasFragment && !uri.hasDotSegments
    }
}
