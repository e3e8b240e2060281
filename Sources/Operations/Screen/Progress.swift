import Glibc

/// One line on a terminal's standard error that shows how far a run is; nothing anywhere else.
///
/// Redrawn at most four times a second, cleared at the end. One owner; not for several threads.
package struct Progress {
    /// The least time between two drawings, in milliseconds.
    package static let interval: Int64 = 250

    private let isShown: Bool
    private let total: Int
    private let start: Int64
    private var drawn: Int64?
    private let write: (String) -> Void

    /// Progress towards `total`, from `start` on the monotonic clock; `write` puts text on the terminal.
    package init(
        total: Int,
        start: Int64,
        terminal: Terminal,
        write: @escaping (String) -> Void = { StandardError.write($0) }
    ) {
        isShown = terminal.isTerminal
        self.total = total
        self.start = start
        self.write = write
    }

    /// Draws the line if it is time to; `note` stands at its end, such as `rejected 205  deferred 26`.
    package mutating func update(done: Int, note: String = "", at milliseconds: Int64) {
        guard isShown, drawn.map({ milliseconds - $0 >= Self.interval }) ?? true else { return }
        drawn = milliseconds
        write("\r\u{1B}[K" + Self.line(done: done, of: total, note: note, elapsed: milliseconds - start))
    }

    /// Takes the line away.
    package mutating func clear() {
        guard drawn != nil else { return }
        drawn = nil
        write("\r\u{1B}[K")
    }

    /// `[###################-----------]  62 %   7,440/12,000   1,481/s   ETA 3 s   rejected 205`.
    package static func line(done: Int, of total: Int, note: String, elapsed: Int64) -> String {
        let done = min(done, total)
        let share = total > 0 ? done * 100 / total : 100
        let filled = total > 0 ? done * 30 / total : 30
        let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: 30 - filled)
        let percent = String(repeating: " ", count: share < 10 ? 2 : share < 100 ? 1 : 0) + "\(share) %"
        var parts = ["[\(bar)] \(percent)", "\(Figure.count(done))/\(Figure.count(total))"]
        if elapsed > 0, done > 0 {
            let rate = Int64(done) * 1000 / elapsed
            parts.append("\(Figure.count(Int(rate)))/s")
            parts.append("ETA \(Age.text(seconds: (Int64(total - done) * elapsed / Int64(done) + 999) / 1000))")
        }
        if !note.isEmpty { parts.append(note) }
        return parts.joined(separator: "   ")
    }
}
