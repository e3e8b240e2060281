import Encoding
import Operations
import Pipeline

/// A folder of requests with what is needed to judge them.
struct Workload {
    let folder: String
    let asOf: UnixTime
    let audience: String
    let host: String
    /// How many records there are.
    let count: Int

    static func read(_ folder: String) throws(Failure) -> Workload {
        let about = try document("\(folder)/workload.json")
        guard let asOf = about.root["as_of"]?.integer, let audience = about.root["audience"]?.text?.string,
            let host = about.root["host"]?.text?.string
        else { throw fault("\(folder)/workload.json", "does not hold as_of, audience and host") }
        let count: Int
        if let known = about.root["n"]?.integer {
            count = Int(max(0, known))
        } else {
            count = Benchmark.lines(of: try records(folder)).count
        }
        return Workload(
            folder: folder,
            asOf: asOf,
            audience: audience,
            host: host,
            count: count
        )
    }

    /// Whether each record must be accepted, where the folder says so; read anew, like the records.
    func expected() throws(Failure) -> [Bool]? {
        let path = "\(folder)/expect.ndjson"
        return Folders.exists(path) ? try Self.verdicts(path) : nil
    }

    private static func verdicts(_ path: String) throws(Failure) -> [Bool] {
        let text = try buffer(path)
        let line = JSONDocument(limits: .record)
        var found: [Bool] = []
        var start = 0
        while start < text.count {
            let end = text.firstIndex(of: UInt8(ascii: "\n"), from: start) ?? text.count
            do throws(JSONError) {
                try line.parse(text[start..<end])
            } catch {
                throw fault(path, "is not one JSON object a line: \(error)")
            }
            found.append(line.root["ok"]?.bool == true)
            start = end + 1
        }
        return found
    }

    private static func document(_ path: String) throws(Failure) -> JSONDocument {
        let document = JSONDocument(limits: .record)
        let text = try bytes(path)
        do throws(JSONError) {
            try document.parse(text)
        } catch {
            throw fault(path, "is not strict JSON: \(error)")
        }
        return document
    }

    /// The records, one per line, read anew: where they are not needed they are no part of the memory measured.
    func records() throws(Failure) -> ByteSlice { try Self.records(folder) }

    private static func records(_ folder: String) throws(Failure) -> ByteSlice {
        try buffer("\(folder)/batch.ndjson")
    }

    private static func buffer(_ path: String) throws(Failure) -> ByteSlice {
        do throws(FileBytes.Fault) {
            return try FileBytes.readBuffer(path, limit: 4 << 30).all
        } catch {
            throw fault(path, "cannot be read: \(error.words)")
        }
    }

    private static func bytes(_ path: String) throws(Failure) -> [UInt8] {
        do throws(FileBytes.Fault) {
            return try FileBytes.read(path, limit: 4 << 30)
        } catch {
            throw fault(path, "cannot be read: \(error.words)")
        }
    }

    static func fault(_ path: String, _ what: String) -> Failure {
        let remedy = "name a folder with anchors/, mirror/, sources.yaml, workload.json and batch.ndjson"
        return Failure(UserMessage(path, what, remedy: remedy), name: "workload", .usage)
    }
}
