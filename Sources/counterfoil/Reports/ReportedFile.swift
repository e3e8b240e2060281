import Encoding
import Operations
import Report

/// A file of results, read line by line for a report; memory does not grow with it.
struct ReportedFile {
    let path: String

    /// Lends each line, and the result in it where it is one; false where there is no such file.
    func forEach(_ body: (Int, ByteSlice, ReportedResult?) throws(Failure) -> Void) throws(Failure) -> Bool {
        guard Folders.exists(path) else { return false }
        let document = JSONDocument(limits: .result)
        var failure: Failure?
        do throws(FileBytes.Fault) {
            try FileLines.forEach(path, lineLimit: JSONLimits.result.textBytes) { number, line in
                guard failure == nil else { return }
                do throws(Failure) { try body(number, line, Self.result(line, document)) } catch { failure = error }
            }
        } catch {
            let remedy = "check that it is a file this user may read"
            throw Failure(
                UserMessage(path, "cannot be read: \(error.words)", remedy: remedy),
                name: "report",
                .temporary
            )
        }
        if let failure { throw failure }
        return true
    }

    private static func result(_ line: ByteSlice, _ document: JSONDocument) -> ReportedResult? {
        do throws(JSONError) { try document.parse(line) } catch { return nil }
        return ReportedResult(document.root)
    }
}
