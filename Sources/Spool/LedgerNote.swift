import Encoding
import Glibc
import Synchronization

/// How far the ledger was that this spool was last used with.
///
/// A ledger that is behind it is an older one, restored from a backup or put in its place: it has forgotten requests
/// and clients, and would issue them again. What is noted was committed before, so the note is never ahead of its own
/// ledger; it needs no sync of its own, for the next group's takes it along.
enum LedgerNote {
    /// Digits of a number, so that each note is as long as the one before.
    static let width = 20

    /// The number noted in a spool; nil where there is none, or one that a power cut left without its bytes.
    static func read(in root: Folder) throws(SpoolError) -> Int64? {
        do throws(SpoolError) {
            let text = String(decoding: try root.file(SpoolLayout.ledger).head(width + 1), as: UTF8.self)
            return Int64(text.prefix { $0 != "\n" })
        } catch .vanished {
            return nil
        } catch .notReadable {
            return nil
        }
    }
}

extension Spool {
    /// Notes the number of a group that the ledger has committed; a number that was noted already costs nothing.
    package func note(ledgerGroup number: Int64) throws(SpoolError) {
        guard notedGroup.load(ordering: .relaxed) != number else { return }
        let digits = String(max(0, number))
        let text = String(repeating: "0", count: max(0, LedgerNote.width - digits.count)) + digits + "\n"
        do throws(SpoolError) {
            try folders.root.file(SpoolLayout.ledger, O_WRONLY).write(ByteSlice(text))
        } catch .vanished {
            try folders.root.newFile(SpoolLayout.ledger, mode: 0o640)?.write(ByteSlice(text))
        }
        notedGroup.store(number, ordering: .relaxed)
    }

    /// The number of the last group that was noted; nil in a spool that was not used yet.
    package func notedLedgerGroup() throws(SpoolError) -> Int64? { try LedgerNote.read(in: folders.root) }
}

extension SpoolView {
    /// The number of the last group of the ledger that was noted; nil in a spool that was not used yet.
    package func notedLedgerGroup() throws(SpoolError) -> Int64? { try LedgerNote.read(in: root) }
}
