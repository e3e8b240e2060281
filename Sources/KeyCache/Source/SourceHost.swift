/// The host and port a URL names: what a fleet of sources has in common.
enum SourceHost {
    /// The authority of a URL in lower case, without user information; empty where there is none.
    static func of(_ url: String) -> String {
        guard let rest = url.firstRange(of: "://").map({ url[$0.upperBound...] }) else { return "" }
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? authority
        return host.lowercased()
    }
}
