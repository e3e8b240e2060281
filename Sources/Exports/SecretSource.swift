import Crypto
package import Encoding
import Ledger
import OpenBanking

/// Finds secrets in result files that are still there, and proves each by the ledger's keyed hash.
///
/// Only for methods that use a secret; a secret that is not the one issued never leaves here.
package final class SecretSource {
    /// Opens a sealed response: the compact JWE in, the response's text out; nil where it cannot be opened.
    package typealias Unsealing = (ByteSlice) -> ByteSlice?

    private let responses: ToldResponses
    private let key: [UInt8]

    /// - Parameters:
    ///   - folder: a spool, its `results`, a day of them, or a folder with copies of the files.
    ///   - key: the key of the ledger's hashes of secrets.
    ///   - unseal: opens sealed responses; nil leaves them closed.
    package init(folder: String, key: [UInt8], unseal: Unsealing? = nil) {
        responses = ToldResponses(folder: folder, unseal: unseal)
        self.key = key
    }

    /// The secret of a client that needs one, from the result of the request that told it.
    func secret(
        of client: ClientRecord,
        told result: PriorResult?
    ) throws(ExportError) -> Result<String, WithheldReason> {
        guard let hash = client.secretHash else {
            return .failure(client.givenHash == nil ? .secretMismatch : .onlyHashKnown)
        }
        let response: JSONValue?
        switch try responses.response(of: result) {
        case .failure(let reason): return .failure(reason)
        case .success(let found): response = found
        }
        guard response?["client_id"]?.text?.string == client.clientID,
            let secret = response?["client_secret"]?.text,
            constantTimeEqual(HMACSHA256.tag(key: key, secret.bytes), hash)
        else { return .failure(.secretMismatch) }
        return .success(secret.string)
    }
}
