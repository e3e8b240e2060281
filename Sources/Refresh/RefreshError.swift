package import KeyCache

/// Why a pass could not be made; a source that fails is a line of the report, not an error.
package enum RefreshError: Error, Equatable, Sendable {
    case store(KeyStoreError)
    case unknownSource(url: String)
    case unknownOrganisation(id: String)

    /// The stable name.
    package var code: String {
        switch self {
        case .store(let error): error.code
        case .unknownSource: "refresh.unknown_source"
        case .unknownOrganisation: "refresh.unknown_organisation"
        }
    }
}

extension RefreshError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .store(let error): error.description
        case .unknownSource(let url): "the cache knows no source \(url)"
        case .unknownOrganisation(let id): "the cache knows no source of organisation \(id)"
        }
    }
}
