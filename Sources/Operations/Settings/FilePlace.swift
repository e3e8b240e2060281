/// Where a file with a secret or a certificate is: nowhere, at a path, or among systemd's credentials.
package enum FilePlace: Hashable, Sendable {
    case none
    case path(String)
    /// `credential:NAME`, a file in the folder that `$CREDENTIALS_DIRECTORY` names (systemd `LoadCredential=`).
    case credential(String)

    /// The path to open, nil when there is none; `credentials` is the value of `$CREDENTIALS_DIRECTORY`.
    package func path(credentials: String?) -> String? {
        switch self {
        case .none: nil
        case .path(let path): path
        case .credential(let name): credentials.map { "\($0)/\(name)" }
        }
    }
}

extension FilePlace: CustomStringConvertible {
    /// As the configuration writes it.
    package var description: String {
        switch self {
        case .none: ""
        case .path(let path): path
        case .credential(let name): "credential:\(name)"
        }
    }
}
