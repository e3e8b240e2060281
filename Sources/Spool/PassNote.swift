package import Encoding
import Glibc

/// What came of the passes over a spool, for whoever watches it.
///
/// Written in place and never made shorter, so that a full disk is told too; not synced, because a power cut forgets a
/// time and nothing that was promised.
package struct PassNote: Equatable, Sendable {
    /// When a pass last went through, with work or without; nil where none did.
    package private(set) var goodAt: UnixTime?
    /// When a pass last ended early, and by the name of which failure; nil where none did.
    package private(set) var failure: Failure?
    /// How many ended early since one went through.
    package private(set) var inARow = 0
    /// How many ever did, by the name of the failure.
    package private(set) var totals: [String: Int64] = [:]

    /// The end of a pass that did not go through.
    package struct Failure: Equatable, Sendable {
        package let name: String
        package let at: UnixTime
    }

    /// Of a spool that was not used yet.
    package init() {}

    /// A pass went through.
    package mutating func succeed(at now: UnixTime) { (goodAt, inARow) = (now, 0) }

    /// A pass ended early.
    package mutating func fail(_ name: String, at now: UnixTime) {
        failure = Failure(name: name, at: now)
        inARow += 1
        count(name)
    }

    /// A pass ended early as an operator asked it to: that is no failure, and counted all the same.
    package mutating func count(_ name: String) {
        let isRoom = totals[name] != nil || totals.count < Self.nameLimit
        totals[isRoom ? name : Self.others, default: 0] += 1
    }

    /// What failures are counted as whose names find no room.
    package static let others = "other"

    /// How many names find room; with the lines before them, all fit into one block of a file.
    private static let nameLimit = 48

    /// Bytes of a line, whatever is in it.
    private static let lineWidth = 80

    /// The most it has as text, in bytes.
    static let byteLimit = lineWidth * (3 + nameLimit)

    /// Reads what `text` wrote; lines that are none of ours are passed over.
    init(_ text: String) {
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count > 1, let number = Int64(words[1]) else { continue }
            switch (words[0], words.count) {
            case ("good", 2): goodAt = number
            case ("failed", 4):
                failure = Failure(name: String(words[3]), at: number)
                inARow = Int(words[2]) ?? 0
            case ("total", 3): totals[String(words[2])] = number
            default: break
            }
        }
    }

    /// The note as it is kept, each line as long as every other.
    var text: String {
        var lines: [String] = []
        if let goodAt { lines.append("good \(goodAt)") } else { lines.append("none") }
        if let failure { lines.append("failed \(failure.at) \(inARow) \(failure.name)") } else { lines.append("none") }
        lines += totals.sorted { $0.key < $1.key }.map { "total \($0.value) \($0.key)" }
        return lines.map { line in
            let cut = String(line.prefix(Self.lineWidth - 1))
            return "\(cut)\(String(repeating: " ", count: Self.lineWidth - 1 - cut.utf8.count))\n"
        }
        .joined()
    }

    /// The note in a spool; nil where there is none.
    static func read(in root: Folder) throws(SpoolError) -> PassNote? {
        do throws(SpoolError) {
            return PassNote(String(decoding: try root.file(SpoolLayout.passes).head(byteLimit), as: UTF8.self))
        } catch .vanished {
            return nil
        }
    }
}

extension Spool {
    /// What came of the passes so far.
    package func passNote() throws(SpoolError) -> PassNote { try PassNote.read(in: folders.root) ?? PassNote() }

    /// Keeps what came of the passes.
    package func keep(_ note: PassNote) throws(SpoolError) {
        do throws(SpoolError) {
            try folders.root.file(SpoolLayout.passes, O_WRONLY).write(ByteSlice(note.text))
        } catch .vanished {
            try folders.root.newFile(SpoolLayout.passes, mode: 0o640)?.write(ByteSlice(note.text))
        }
    }
}

extension SpoolView {
    /// What came of the passes so far; nil in a spool that was not used yet, or where that may not be read.
    package func passNote() throws(SpoolError) -> PassNote? {
        do throws(SpoolError) {
            return try PassNote.read(in: root)
        } catch .notReadable {
            return nil
        }
    }
}
