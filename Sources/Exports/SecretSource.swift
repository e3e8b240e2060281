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

    private let folder: String
    private let key: [UInt8]
    private let unseal: Unsealing?
    private let document = JSONDocument(limits: .result)
    private let opened = JSONDocument(limits: .result)
    private var file: ResultLines?

    /// - Parameters:
    ///   - folder: a spool, its `results`, a day of them, or a folder with copies of the files.
    ///   - key: the key of the ledger's hashes of secrets.
    ///   - unseal: opens sealed responses; nil leaves them closed.
    package init(folder: String, key: [UInt8], unseal: Unsealing? = nil) {
        (self.folder, self.key, self.unseal) = (folder, key, unseal)
    }

    /// The secret of a client that needs one, from the result of the request that told it.
    func secret(
        of client: ClientRecord,
        told result: PriorResult?
    ) throws(ExportError) -> Result<String, WithheldReason> {
        guard let hash = client.secretHash else {
            return .failure(client.givenHash == nil ? .secretMismatch : .onlyHashKnown)
        }
        guard let result, let text = try line(of: result) else { return .failure(.resultMissing) }
        do throws(JSONError) { try document.parse(text) } catch { return .failure(.resultMissing) }
        var response = document.root["response"]
        if let sealed = document.root["sealed"]?.text {
            guard let plain = unseal?(sealed) else { return .failure(.sealed) }
            do throws(JSONError) { try opened.parse(plain) } catch { return .failure(.sealed) }
            response = opened.root
        }
        guard response?["client_id"]?.text?.string == client.clientID,
            let secret = response?["client_secret"]?.text,
            constantTimeEqual(HMACSHA256.tag(key: key, secret.bytes), hash)
        else { return .failure(.secretMismatch) }
        return .success(secret.string)
    }

    /// The text of a result, wherever below the folder its file is; nil where it is not there.
    private func line(of result: PriorResult) throws(ExportError) -> ByteSlice? {
        let number = result.line ?? 1
        if let file, file.name == result.resultName { return try file.line(number) }
        let parts = result.resultName.split(separator: "/")
        for start in parts.indices {
            let path = ([folder] + parts[start...].map(String.init)).joined(separator: "/")
            guard let found = try ResultLines(path, name: result.resultName) else { continue }
            file = found
            return try found.line(number)
        }
        return nil
    }
}
