package import Crypto
import JOSE

/// Which keys are asked for; what is nil does not matter.
package struct KeyQuery: Sendable {
    /// The source's whole URL, or the end of it.
    package var source: String?
    package var organisation: String?
    package var software: String?
    package var kid: [UInt8]?
    package var spki: SHA256Digest?
    package var certificate: SHA256Digest?

    package init() {}

    func wants(_ source: Source) -> Bool {
        source.class.publishesKeys && (self.source.map(source.url.hasSuffix) ?? true)
            && (organisation.map { $0 == source.organisationID } ?? true)
            && (software.map { $0 == source.softwareID } ?? true)
    }

    func wants(_ key: HistoricKey) -> Bool {
        (kid.map { $0 == key.key.kid } ?? true) && (spki.map { $0 == key.spkiSHA256 } ?? true)
            && (certificate.map { wanted in key.windows.contains { $0.certificate == wanted } } ?? true)
    }
}
