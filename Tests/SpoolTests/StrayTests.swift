import Testing

@testable import Spool

/// What a hand left in `active`, where only groups lie: nothing stays there, and nothing is lost.
@Suite("What lies in active and is in no group")
struct StrayTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        /// Paths below the spool; those that end in `/` are folders.
        let found: [String]
        /// What lies where behind it, notices left out.
        let left: [String]
        /// What is told.
        var told: [String] = []
    }

    static let rows = [
        Row(
            testDescription: "a request goes back to the drop box with its certificate",
            found: ["active/x.jwt", "active/x.pem"],
            left: ["incoming/x.jwt", "incoming/x.pem"]
        ),
        Row(
            testDescription: "under another name where that is taken, and so does its certificate",
            found: ["active/x.jwt", "active/x.pem", "incoming/x.jwt"],
            left: ["incoming/x.jwt", "incoming/x.r1.jwt", "incoming/x.r1.pem"]
        ),
        Row(
            testDescription: "a record and a batch with its manifest",
            found: ["active/r.json", "active/b.ndjson", "active/b.manifest.json"],
            left: ["incoming/b.manifest.json", "incoming/b.ndjson", "incoming/r.json"]
        ),
        Row(
            testDescription: "a certificate alone, to where its request may be",
            found: ["active/x.pem", "incoming/x.jwt"],
            left: ["incoming/x.jwt", "incoming/x.pem"]
        ),
        Row(
            testDescription: "a certificate whose name is taken is set aside: the request keeps its own",
            found: ["active/x.pem", "incoming/x.jwt", "incoming/x.pem"],
            left: ["failed/name/x.pem", "incoming/x.jwt", "incoming/x.pem"],
            told: ["name x.pem"]
        ),
        Row(
            testDescription: "names that the drop box refuses or leaves alone are set aside",
            found: ["active/.x.jwt", "active/x.jwt.tmp", "active/note.txt", "active/a b.jwt"],
            left: ["failed/name/_.x.jwt", "failed/name/a_b.jwt", "failed/name/note.txt", "failed/name/x.jwt.tmp"],
            told: ["name .x.jwt", "name a b.jwt", "name note.txt", "name x.jwt.tmp"]
        ),
        Row(
            testDescription: "a folder that can be none of a group is set aside as it is",
            found: ["active/my folder/", "active/my folder/x.jwt"],
            left: ["failed/type/my_folder/x.jwt"],
            told: ["type my folder"]
        ),
        Row(
            testDescription: "a group without files, whose certificate cannot go back, is no more",
            found: ["active/g1-2-3/", "active/g1-2-3/x.pem", "active/g1-2-3/.strike-1", "incoming/x.pem"],
            left: ["failed/name/x.pem", "incoming/x.pem"],
            told: ["name x.pem"]
        ),
        Row(
            testDescription: "a batch that a hand put beside requests goes back with its manifest",
            found: [
                "active/g1-2-3/", "active/g1-2-3/b.ndjson", "active/g1-2-3/b.manifest.json", "active/g1-2-3/x.jwt",
            ],
            left: ["active/g1-2-3/x.jwt", "incoming/b.manifest.json", "incoming/b.ndjson"]
        ),
        Row(
            testDescription: "two batches in one folder both go back",
            found: ["active/mine/", "active/mine/a.ndjson", "active/mine/b.jsonl"],
            left: ["incoming/a.ndjson", "incoming/b.jsonl"]
        ),
        Row(
            testDescription: "a group with files is left alone",
            found: ["active/g1-2-3/", "active/g1-2-3/x.jwt", "active/g1-2-3/x.pem", "active/y.jwt"],
            left: ["active/g1-2-3/x.jwt", "active/g1-2-3/x.pem", "incoming/y.jwt"]
        ),
    ]

    @Test("goes back to the drop box, or is set aside with a notice", arguments: rows)
    func cleared(_ row: Row) throws {
        let place = try TemporarySpool()
        let spool = try place.open()
        for path in row.found {
            if path.hasSuffix("/") { try place.folder(path) } else { try place.write(path, "of \(path)") }
        }
        let groups = try spool.recoverableGroups()
        let aside = try spool.clearActive(but: groups, at: TemporarySpool.now)
        #expect(aside.map { "\($0.reason.rawValue) \($0.name)" }.sorted() == row.told)
        let files = (place.tree("active") + place.tree("failed") + place.tree("incoming"))
            .filter { place.status($0)?.kind != .folder }
        let notices = files.filter { $0.hasSuffix(".reason.json") }
        #expect(files.filter { !notices.contains($0) } == row.left)
        #expect(notices.sorted() == aside.map { $0.path + ".reason.json" }.sorted())
        for notice in notices {
            #expect(place.text(notice)?.contains(#""found_in":"active""#) == true, "\(place.text(notice) ?? "")")
        }
        // Nothing is overwritten on the way.
        let texts = row.left.compactMap { place.text($0) }
        #expect(Set(texts).count == row.left.count && texts.count == row.left.count)
        #expect(place.names("active") == groups.map(\.name))
        #expect(try spool.clearActive(but: groups, at: TemporarySpool.now).isEmpty)
    }
}
