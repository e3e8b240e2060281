import Encoding
import OpenBanking
import Operations
import Rules
import Spool

/// The inputs in the archive of a spool, found by the results they were answered with.
final class ArchivedRequests {
    private let spool: String
    private let archive: String
    /// The inputs of a day by their stem.
    private var days: [String: [String: [String]]] = [:]
    private var opened: (path: String, file: RequestFile, lines: [ByteSlice])?

    init(spool: String) {
        self.spool = spool
        archive = "\(spool)/\(SpoolFolder.archive.rawValue)"
    }

    /// What may have been answered by a decision: inputs of its name, those of its own day first.
    func forEachCandidate(
        of decision: PastDecision,
        _ body: (Delivery) throws(Failure) -> Bool
    ) throws(Failure) {
        let parts = decision.result.split(separator: "/").map(String.init)
        guard let name = parts.last, parts.count >= 2 else { return }
        let day = parts[parts.count - 2]
        let others = FolderListing.names(in: archive).filter { $0 != day }.sorted()
        for day in [day] + others {
            for path in paths(day, name) {
                guard let delivery = try delivery(path, decision) else { continue }
                if try body(delivery) { return }
            }
        }
    }

    /// The inputs of a day whose stem a result's name begins with.
    private func paths(_ day: String, _ name: String) -> [String] {
        let inputs = inputs(of: day)
        var stem = name
        var found: [String] = []
        while let end = stem.lastIndex(of: ".") {
            stem = String(stem[..<end])
            found += inputs[stem] ?? []
        }
        return found
    }

    private func inputs(of day: String) -> [String: [String]] {
        if let known = days[day] { return known }
        var inputs: [String: [String]] = [:]
        for group in FolderListing.names(in: "\(archive)/\(day)") {
            for name in FolderListing.names(in: "\(archive)/\(day)/\(group)") {
                guard case .input(let input) = InputName.classify(name),
                    [.single, .record, .bulk].contains(input.kind),
                    let end = name.lastIndex(of: ".")
                else { continue }
                inputs[String(name[..<end]), default: []].append("\(archive)/\(day)/\(group)/\(name)")
            }
        }
        days[day] = inputs
        return inputs
    }

    private func delivery(_ path: String, _ decision: PastDecision) throws(Failure) -> Delivery? {
        if opened?.path != path {
            let file = try RequestFile(path, spool: spool)
            var lines: [ByteSlice] = []
            if file.isBatch {
                file.forEachLine { _, line in
                    lines.append(line)
                    return true
                }
            }
            opened = (path, file, lines)
        }
        guard let opened else { return nil }
        guard opened.file.isBatch else {
            guard decision.line == nil else { return nil }
            return Delivery(
                opened.file.content,
                arrivedAt: decision.arrivedAt,
                mode: Self.mode(opened.file.content, decision)
            )
        }
        guard let line = decision.line, (1...opened.lines.count).contains(line) else { return nil }
        var mode = JudgingMode.ordinary
        if let manifest = opened.file.manifest, case .success(let read) = BatchManifest.read(manifest) {
            mode = read.mode
        }
        return Delivery(.record(opened.lines[line - 1]), arrivedAt: decision.arrivedAt, mode: mode)
    }

    /// A line that waited is a record of its own, without the manifest of its batch; but `existing` in a record of no
    /// migration is malformed, so that what was decided otherwise came in one.
    private static func mode(_ content: Delivery.Content, _ decision: PastDecision) -> JudgingMode {
        guard case .record(let text) = content, decision.outcome != .malformed else { return .ordinary }
        let document = JSONDocument(limits: .record)
        do throws(JSONError) { try document.parse(text) } catch { return .ordinary }
        return document.root["existing"].map { $0.isNull } ?? true ? .ordinary : .migration
    }
}
