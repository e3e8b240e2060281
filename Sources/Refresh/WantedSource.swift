import KeyCache
import OpenBanking
import Operations

/// What source a wanted URL is of, by its shape alone: `/{org}/{id}.jwks` or `/{org}/revoked/{id}.jwks` on
/// an allowed host, or a revocation list of a host that may serve some.
struct WantedSource {
    private let configuration: Configuration
    private let bases: [String]
    private let lists: LearnedLists

    init(_ configuration: Configuration) {
        self.configuration = configuration
        bases = configuration.directory.allowHosts.map { "https://\($0)/" }
        lists = LearnedLists(configuration)
    }

    /// Whether the URL is of a set that is configured, and fetched anyway.
    func isKnown(_ url: String) -> Bool { url == configuration.directory.jwks }

    /// The source to keep; nil for a URL that does not count.
    func seed(_ url: String) -> SourceSeed? {
        if let base = bases.first(where: { url.hasPrefix($0) }), let found = keySet(url.dropFirst(base.count)) {
            return SourceSeed(
                url: url,
                class: found.class,
                environment: configuration.environment.rawValue,
                organisationID: found.organisation,
                softwareID: found.software,
                origin: .configuration
            )
        }
        // A list is known by its ending, or by a host that has nothing else.
        let isList = url.hasSuffix(".crl") || (lists.isOfListHost(url) && !url.hasSuffix(".jwks"))
        return isList ? lists.seeds([url]).first : nil
    }

    private func keySet(
        _ path: Substring
    ) -> (class: SourceClass, organisation: String, software: String?)? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 || (parts.count == 3 && parts[1] == "revoked"), let last = parts.last,
            last.hasSuffix(".jwks")
        else { return nil }
        let (organisation, id, isRevoked) = (parts[0], String(last.dropLast(5)), parts.count == 3)
        guard isID(organisation, limit: 35), isID(id, limit: 36) else { return nil }
        if id == organisation { return (isRevoked ? .organisationRevoked : .organisation, organisation, nil) }
        return (isRevoked ? .softwareRevoked : .software, organisation, id)
    }

    private func isID(_ text: String, limit: Int) -> Bool {
        (1...limit).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            }
    }
}
