/// The hosts we may contact: the gate every URL passes before any name is resolved.
package struct AllowList: Sendable {
    private let rules: [String: HostRule]

    package init(_ rules: [HostRule]) {
        self.rules = Dictionary(rules.map { ($0.name.lowercased(), $0) }, uniquingKeysWith: { _, later in later })
    }

    /// The URL as read and its host's rule, or why it is never contacted.
    package func admit(_ text: String, class: FetchClass) throws(FetchFailure) -> (url: FetchURL, rule: HostRule) {
        let url = try FetchURL(text)
        guard url.scheme == .https || `class` == .revocationList else { throw .scheme(url.scheme.rawValue) }
        guard let rule = rules[url.host], rule.classes.contains(`class`) else { throw .host(url.host) }
        let allowed = rule.ports.isEmpty ? url.port == url.scheme.defaultPort : rule.ports.contains { $0 == url.port }
        guard allowed else { throw .port(url.port) }
        return (url, rule)
    }
}
