import Encoding
import Ledger
import OpenBanking

/// Finds software statements in result files that are still there: the ledger keeps none.
///
/// A statement proves itself by the directory's signature; that it is the client's is seen by the software it names.
package final class StatementSource {
    private let responses: ToldResponses
    private let claims = JSONDocument(limits: .request)

    /// - Parameters:
    ///   - folder: a spool, its `results`, a day of them, or a folder with copies of the files.
    ///   - unseal: opens sealed responses; nil leaves them closed.
    package init(folder: String, unseal: SecretSource.Unsealing? = nil) {
        responses = ToldResponses(folder: folder, unseal: unseal)
    }

    /// The statement a client was last registered with.
    func statement(
        of client: ClientRecord,
        told result: PriorResult?
    ) throws(ExportError) -> Result<String, WithheldReason> {
        let response: JSONValue?
        switch try responses.response(of: result) {
        case .failure(.sealed): return .failure(.sealed)
        case .failure: return .failure(.statementMissing)
        case .success(let found): response = found
        }
        guard response?["client_id"]?.text?.string == client.clientID,
            let statement = response?["software_statement"]?.text?.string,
            softwareID(in: statement) == client.softwareID
        else { return .failure(.statementMissing) }
        return .success(statement)
    }

    private func softwareID(in statement: String) -> String? {
        let parts = statement.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        do throws(Base64Error) {
            let bytes = try Base64URL.decode(String(parts[1]))
            do throws(JSONError) { try claims.parse(ByteSlice(bytes)) } catch { return nil }
        } catch {
            return nil
        }
        return claims.root["software_id"]?.text?.string
    }
}
