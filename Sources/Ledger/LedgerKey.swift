import Crypto
import GRDB

/// What a row is found by, where the order of such keys is chance.
enum LedgerKey {
    /// A request by the SHA-256 of its bytes.
    case request(SHA256Digest)
    /// A request by its (iss, jti).
    case jti(SHA256Digest)
    /// A client by its client_id.
    case client(String)
    /// A software statement by its (iss, jti).
    case statement(SHA256Digest)

    enum Kind: Int64, CaseIterable {
        case request, jti, client, statement
    }

    var kind: Kind {
        switch self {
        case .request: .request
        case .jti: .jti
        case .client: .client
        case .statement: .statement
        }
    }

    /// The whole key, as recent rows are found by it.
    var value: SQLValue {
        switch self {
        case .request(let digest), .jti(let digest), .statement(let digest): .digest(digest)
        case .client(let id): .text(id)
        }
    }

    /// The first eight bytes of the key's digest, as sealed rows are found by it.
    ///
    /// Two keys may share it.
    var word: UInt64 {
        switch self {
        case .request(let digest), .jti(let digest), .statement(let digest): digest.word
        case .client(let id): SHA256Digest.of(id).word
        }
    }

    /// The word of the whole key in a column.
    static func word(_ kind: Kind, _ row: Prepared, _ column: Int32) -> UInt64 {
        kind == .client ? SHA256Digest.of(row.text(column)).word : row.digest(column).word
    }
}
