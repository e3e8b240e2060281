import Encoding
import Ledger
import OpenBanking

/// The responses that results told, read from result files that are still there.
///
/// Valid until the next call, as its values are.
final class ToldResponses {
    private let folder: String
    private let unseal: SecretSource.Unsealing?
    private let document = JSONDocument(limits: .result)
    private let opened = JSONDocument(limits: .result)
    private var file: ResultLines?

    init(folder: String, unseal: SecretSource.Unsealing?) {
        (self.folder, self.unseal) = (folder, unseal)
    }

    /// The response of a result; `resultMissing` where its file is not there, `sealed` where it cannot be opened.
    func response(of result: PriorResult?) throws(ExportError) -> Result<JSONValue?, WithheldReason> {
        guard let result, let text = try line(of: result) else { return .failure(.resultMissing) }
        do throws(JSONError) { try document.parse(text) } catch { return .failure(.resultMissing) }
        guard let sealed = document.root["sealed"]?.text else { return .success(document.root["response"]) }
        guard let plain = unseal?(sealed) else { return .failure(.sealed) }
        do throws(JSONError) { try opened.parse(plain) } catch { return .failure(.sealed) }
        return .success(opened.root)
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
