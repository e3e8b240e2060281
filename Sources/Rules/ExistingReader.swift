import Encoding
import OpenBanking

/// Reads the client a record of a migration brings (docs/FORMATS.md, "Migration").
enum ExistingReader {
    /// Longer ids and secrets than these are not a client's.
    private static let limits = (clientID: 128, secret: 256, hash: 512)

    /// Returns the client, or what is wrong with it; no message repeats a secret.
    static func read(_ value: JSONValue, now latest: UnixTime) -> Result<ExistingClient, ExistingFault> {
        guard value.kind == .object else { return .failure("existing is not an object") }
        guard let clientID = value["client_id"]?.text, isToken(clientID, limits.clientID) else {
            return .failure("existing.client_id is not a string of 1 to 128 printable characters without space")
        }
        let secret = value["client_secret"].flatMap { $0.isNull ? nil : $0 }
        if let secret, secret.text.map({ isToken($0, limits.secret) }) != true {
            return .failure("existing.client_secret is not a string of 1 to 256 printable characters without space")
        }
        let hash = value["client_secret_hash"].flatMap { $0.isNull ? nil : $0 }
        if let hash, hash.text.map({ isToken($0, limits.hash) }) != true {
            return .failure(
                "existing.client_secret_hash is not a string of 1 to 512 printable characters without space"
            )
        }
        guard secret == nil || hash == nil else {
            return .failure("existing brings both client_secret and client_secret_hash")
        }
        var registeredAt: UnixTime?
        if let member = value["registered_at"], !member.isNull {
            guard let time = member.text.flatMap({ Timestamp.parse($0) }) else {
                return .failure("existing.registered_at must be a time such as 2022-03-01T10:00:00Z")
            }
            guard time <= latest else { return .failure("existing.registered_at is in the future") }
            registeredAt = time
        }
        return .success(
            ExistingClient(
                clientID: clientID,
                secret: secret?.text,
                secretHash: hash?.text,
                registeredAt: registeredAt
            )
        )
    }

    /// VSCHAR of RFC 6749 appendix A, without the space and what would have to be escaped.
    private static func isToken(_ text: ByteSlice, _ limit: Int) -> Bool {
        guard text.count >= 1, text.count <= limit else { return false }
        for index in 0..<text.count {
            let byte = text[index]
            guard byte > 0x20, byte < 0x7F, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") else { return false }
        }
        return true
    }
}

/// What is wrong with the client a record brings, in one sentence.
struct ExistingFault: Error, ExpressibleByStringLiteral {
    let message: String

    init(stringLiteral message: String) { self.message = message }
}
