import Encoding
import Glibc
import OpenBanking
import Operations

/// What the results of a durable benchmark say, read back from their folder.
struct DurableResults {
    /// The name of the bulk file.
    static let bulkName = "batch.ndjson"

    private let folder: String
    private let part: BenchmarkPart

    init(folder: String, _ part: BenchmarkPart) {
        self.folder = folder
        self.part = part
    }

    /// Whether each of `count` records was accepted, in their order; nil where a record has no result.
    func accepted(_ count: Int) -> [Bool?] {
        var found = [Bool?](repeating: nil, count: count)
        for name in FolderListing.names(in: folder) {
            if part == .bulk {
                if name.hasSuffix(".results.ndjson") { readLines(of: name, into: &found) }
            } else {
                // <number>.<h16>.<outcome>.json
                let parts = name.split(separator: ".")
                guard parts.count == 4, let place = Int(parts[0]), found.indices.contains(place) else { continue }
                found[place] = parts[2] == Outcome.accepted.rawValue
            }
        }
        return found
    }

    /// Line by line: a whole file of results would be the most memory the benchmark takes.
    private func readLines(of name: String, into found: inout [Bool?]) {
        guard let file = unsafe fopen("\(folder)/\(name)", "r") else { return }
        var text: UnsafeMutablePointer<CChar>?
        var room = 0
        defer {
            unsafe free(text)
            unsafe fclose(file)
        }
        let line = ByteBuffer()
        let document = JSONDocument(limits: .record)
        for place in found.indices {
            let count = unsafe getline(&text, &room, file)
            guard count > 0 else { return }
            line.removeAll()
            unsafe line.append(unsafe: UnsafeRawBufferPointer(start: text, count: count))
            do throws(JSONError) {
                try document.parse(line.all)
                found[place] = document.root["outcome"]?.text?.equals(Outcome.accepted.rawValue) == true
            } catch {
                return
            }
        }
    }
}
