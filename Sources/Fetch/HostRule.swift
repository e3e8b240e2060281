/// One host we may talk to, and how.
///
/// A host without a rule is never contacted.
package struct HostRule: Sendable, Equatable {
    /// Which addresses the host's name may lead to; checked on the address itself when the socket is opened.
    package enum Reach: String, Sendable, CaseIterable {
        /// Global unicast only.
        case `public`
        /// Also private networks: RFC 1918, RFC 6598, RFC 4193.
        case `private`
        /// Also this machine: demonstrations and tests.
        case loopback
    }

    /// Compared as a whole, without case; no wildcard.
    package var name: String
    /// The ports allowed; empty means the scheme's own (443, 80 for a CRL).
    package var ports: [UInt16]
    /// What may be fetched here: a host that only publishes CRLs is never asked for keys.
    package var classes: [FetchClass]
    package var reach: Reach
    /// PEM file of the only CAs trusted for this host; nil means the system's.
    package var authorityFile: String?
    /// PEM files for client authentication (mutual TLS).
    package var clientCertificateFile: String?
    package var clientKeyFile: String?
    /// Base64 SHA-256 of an allowed server SPKI (RFC 7469 form); empty means any key with a good certificate.
    package var pins: [String]
    /// Addresses to use instead of asking DNS; `reach` still applies to them.
    package var addresses: [String]

    package init(
        name: String,
        ports: [UInt16] = [],
        classes: [FetchClass] = FetchClass.allCases,
        reach: Reach = .public,
        authorityFile: String? = nil,
        clientCertificateFile: String? = nil,
        clientKeyFile: String? = nil,
        pins: [String] = [],
        addresses: [String] = []
    ) {
        self.name = name
        self.ports = ports
        self.classes = classes
        self.reach = reach
        self.authorityFile = authorityFile
        self.clientCertificateFile = clientCertificateFile
        self.clientKeyFile = clientKeyFile
        self.pins = pins
        self.addresses = addresses
    }
}
