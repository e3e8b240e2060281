import Fetch
import KeyCache
import OpenBanking
package import Operations
import PKIX

/// Which hosts may serve revocation lists, and for which environment they are kept.
package struct LearnedLists: Sendable {
    private let hosts: [String]
    private let listHosts: [String]
    private let environment: String

    package init(_ configuration: Configuration) {
        hosts = configuration.directory.allowHosts + configuration.directory.crlHosts
        listHosts = configuration.directory.crlHosts
        environment = configuration.environment.rawValue
    }

    /// Whether the URL is on a host that serves revocation lists and nothing else.
    func isOfListHost(_ url: String) -> Bool { Self.isAllowed(url, listHosts) }

    /// The sources of lists that certificates name on allowed hosts.
    func seeds(_ urls: Set<String>) -> [SourceSeed] {
        urls.sorted().filter(isAllowed).map {
            SourceSeed(url: $0, class: .crl, environment: environment, origin: .certificate)
        }
    }

    private func isAllowed(_ url: String) -> Bool { Self.isAllowed(url, hosts) }

    private static func isAllowed(_ url: String, _ hosts: [String]) -> Bool {
        guard url.hasPrefix("http://") || url.hasPrefix("https://") else { return false }
        let rest = url.drop { $0 != ":" }.dropFirst(3)
        let authority = String(rest.prefix { $0 != "/" })
        return hosts.contains(authority) || hosts.contains(String(authority.prefix { $0 != ":" }))
    }
}
