import Encoding
import Foundation
import JOSE
import Simulator

/// B16: requests decided over many generations are judged again, each in its own; and otherwise in another.
///
/// The program itself refreshes and processes, minute by minute: keys rotate and are revoked, lists are replaced, the
/// bank changes its policy, in between.
enum ReplayBar {
    private static let rounds = 24

    static func measure() throws -> [BarLine] {
        let place = try Place(organisations: 4)
        let start = place.directory.plan.now
        var early: [ForgedItem] = []
        for round in 0..<rounds {
            let time = Timestamp.rfc3339(start + Int64(round) * 60)
            // Made before what happens now, dropped behind it: by a key that leaves, or is revoked meanwhile.
            early = try place.directory.software.prefix(4).enumerated().map { number, one in
                try place.forge.item(of: one, number: round * 100 + number)
            }
            if round > 0 { try happen(round, place, at: start + Int64(round) * 60) }
            try place.directory.publish(toMirror: "\(place.folder)/mirror")
            let refresh = try place.run("refresh", "--all", "--mirror", "mirror", "--as-of", time)
            guard [0, 2].contains(refresh.code) else { throw Trouble("refresh: \(refresh.errors)") }
            for (number, item) in early.enumerated() { try place.drop(item, "early-\(round)-\(number)") }
            try dropBatch(place, round)
            let process = try place.run("process", "--as-of", time)
            guard [0, 2].contains(process.code) else { throw Trouble("process: \(process.errors)") }
        }
        let again = try replay(place)
        let generations = Set(again.map { $0.generation })
        let same = again.count { $0.word == "same" }
        let outcomes = Dictionary(grouping: again) { $0.outcome }.mapValues(\.count).sorted { $0.key < $1.key }
        // In the generation of another time: what hung on keys must come out otherwise, what did not, the same.
        guard let last = generations.max(), let first = generations.min() else { throw Trouble("nothing was decided") }
        let (inLast, inFirst) = (try replay(place, last), try replay(place, first))
        let differ = inLast.count { $0.word == "otherwise" } + inFirst.count { $0.word == "otherwise" }
        let stay = inLast.count { $0.word == "same" } + inFirst.count { $0.word == "same" }
        let size = try history(place)
        return [
            BarLine(
                "B16",
                "each of the requests decided over \(rounds) rounds comes out the same in its own generation",
                "\(same) of \(again.count) in \(generations.count) generations ("
                    + outcomes.map { "\($0.value) \($0.key)" }.joined(separator: ", ") + ")",
                same == again.count && again.count > rounds * 8 && generations.count > rounds / 2 && outcomes.count > 1
            ),
            BarLine(
                "B16",
                "the control: in generations \(first) and \(last) those come out otherwise that hung on what changed",
                "\(differ) otherwise, \(stay) the same",
                differ > rounds && stay > rounds
            ),
            size,
        ]
    }

    private static func happen(_ round: Int, _ place: Place, at time: UnixTime) throws {
        let all = place.directory.software
        let one = all[round % 4]
        switch round % 6 {
        case 0: try place.directory.rotateSoftwareKey(one.id, keepOld: false)
        case 1: try place.directory.revokeSoftwareKey(one.id)
        case 2: try place.directory.rotateDirectoryKey()
        case 3: break
        case 4: try place.directory.rotateSoftwareKey(one.id)
        default:
            // What the bank accepts changes too, and comes back.
            let text = try String(contentsOfFile: "\(place.folder)/counterfoil.yaml", encoding: .utf8)
            let (with, without) = ("policy: {", "policy: {deny_software: [\(one.id)], ")
            let isDenied = text.contains("deny_software")
            let changed =
                isDenied
                ? text.replacing(#/deny_software: \[[^\]]*\], /#, with: "") : text.replacing(with, with: without)
            try place.write(changed, "counterfoil.yaml")
        }
        // A list is replaced by each newer one, and its body is not kept.
        try place.directory.renewLists(at: time)
    }

    private static func dropBatch(_ place: Place, _ round: Int) throws {
        let all = place.directory.software
        var lines: [String] = []
        for number in 0..<4 {
            lines.append(
                try place.forge.item(of: all[(round + number) % all.count], number: round * 100 + 50 + number).line
            )
        }
        let faults: [ForgedFault] = [.revokedCertificate, .foreignRedirect, .revokedKey, .foreignCertificate]
        for (number, fault) in faults.enumerated() {
            lines.append(try place.forge.item(fault, number: round * 100 + 60 + number).line)
        }
        try place.write(lines.joined(separator: "\n") + "\n", "spool/.batch.tmp")
        try FileManager.default.moveItem(
            atPath: "\(place.folder)/spool/.batch.tmp",
            toPath: "\(place.folder)/spool/incoming/batch-\(round).ndjson"
        )
    }

    /// What came of replaying all decisions.
    private static func replay(_ place: Place, _ generation: Int? = nil) throws -> [(
        generation: Int, outcome: String, word: String
    )] {
        let words = ["audit", "replay", "--json"] + (generation.map { ["--generation", "\($0)"] } ?? [])
        let run = try ProgramRun([ProgramRun.counterfoil] + words, in: place.folder).wait()
        guard [0, 2, 3].contains(run.code) else { throw Trouble("audit replay: \(run.code) \(run.errors)") }
        return run.output.split(separator: "\n").compactMap { line in
            guard let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
                let word = object["replay"] as? String, let generation = object["snapshot"] as? Int,
                let outcome = object["outcome"] as? String
            else { return nil }
            return (generation, outcome, word)
        }
    }

    /// What is kept for it, in bytes: for each fetch, and for each list that was replaced.
    private static func history(_ place: Place) throws -> BarLine {
        let sql = """
            SELECT (SELECT sum(length(notes)) FROM fetch_day), (SELECT value FROM meta WHERE name = 'pulse'),
              (SELECT count(*) FROM source), (SELECT sum(length(change)) FROM revocation_list),
              (SELECT count(change) FROM revocation_list)
            """
        let run = try ProgramRun(["sqlite3", place.configuration.refresh.cache, sql], in: place.folder).wait()
        let figures = run.output.split(whereSeparator: { "|\n".contains($0) }).compactMap { Double($0) }
        guard figures.count == 5, figures[4] > 0 else { throw Trouble("sqlite3: \(run.output)\(run.errors)") }
        let (notes, sources) = (figures[0], figures[2])
        let fetches = sources * Double(rounds)
        let each = notes / fetches
        // Every quarter of an hour, 2,000 sources, 100 days.
        let whole = each * 2000 * 96 * 100 / 1e6
        let change = figures[3] / figures[4]
        return BarLine(
            "B16",
            "kept for it: at most 10 bytes a fetch, 2 KiB a list that was replaced",
            "\(each.text(1)) bytes a fetch (\(whole.text(0)) MB for 2,000 sources in 100 days), \(change.text(0)) bytes a list",
            each <= 10 && change <= 2048
        )
    }
}
