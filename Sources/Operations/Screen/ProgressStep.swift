/// How far a run is at one moment.
package struct ProgressStep: Equatable, Sendable {
    /// How many are done.
    package var done: Int
    /// Of how many; nil where that is not known.
    package var total: Int?
    /// How much of the work that is, from 0 to 1.
    package var share: Double
    /// What else there is to say, such as `rejected 205  deferred 26`.
    package var note: String

    /// A step of things that are counted.
    package init(done: Int, of total: Int, note: String = "") {
        let done = min(done, total)
        self.init(done: done, share: total > 0 ? Double(done) / Double(total) : 1, note: note)
        self.total = total
    }

    /// A step of work whose size is known, and the number of things in it is not.
    package init(done: Int, share: Double, note: String = "") {
        self.done = done
        self.share = min(1, max(0, share))
        self.note = note
    }

    /// ` 62 %`, `7,440/12,000`, `1,481/s`, `ETA 3 s` and the note.
    func words(elapsed: Int64) -> [String] {
        let percent = Int(share * 100)
        var words = [String(repeating: " ", count: percent < 10 ? 2 : percent < 100 ? 1 : 0) + "\(percent) %"]
        words.append(Figure.count(done) + (total.map { "/\(Figure.count($0))" } ?? ""))
        if elapsed > 0, done > 0 {
            words.append("\(Figure.count(Int(Int64(done) * 1000 / elapsed)))/s")
            if share > 0 {
                let left = Double(elapsed) * (1 - share) / share / 1000
                words.append("ETA \(Age.text(seconds: Int64(left.rounded(.up))))")
            }
        }
        return note.isEmpty ? words : words + [note]
    }

    /// `[###################-----------]  62 %   7,440/12,000   1,481/s   ETA 3 s   rejected 205`, cut to a width: the bar
    /// shrinks before any word goes.
    package func line(elapsed: Int64, width: Int) -> String {
        let words = words(elapsed: elapsed).joined(separator: "   ")
        let bar = min(30, width - words.count - 3)
        guard bar >= 5 else { return String(words.prefix(width)) }
        let filled = Int(share * Double(bar))
        return "[\(String(repeating: "#", count: filled))\(String(repeating: "-", count: bar - filled))] \(words)"
    }
}
