import Encoding
import KeyCache

/// Short names for sources, as a screen shows them.
enum SourceName {
    /// The id the source belongs to where it has one, else the last part of its URL; always safe to print.
    static func of(_ source: Source) -> String {
        let name: String? =
            switch source.class {
            case .organisation, .organisationRevoked: source.organisationID
            case .software, .softwareRevoked: source.softwareID
            case .directory, .crl: nil
            }
        let file = source.url.split(separator: "/").last.map(String.init)
        return Printable.text(name ?? file ?? source.url, limit: 60)
    }

    /// The class in one short word.
    static func word(_ class: SourceClass) -> String {
        switch `class` {
        case .directory: "directory"
        case .organisation: "org"
        case .software: "software"
        case .organisationRevoked, .softwareRevoked: "revoked"
        case .crl: "crl"
        }
    }
}
