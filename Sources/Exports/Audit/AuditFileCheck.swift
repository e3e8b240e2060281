import Crypto
package import Encoding
import Ledger

/// Verifies exported lines one after another, without the ledger they came from.
package struct AuditFileCheck {
    private var first: Int64?
    private var last: (number: Int64, hash: SHA256Digest)?
    private var place = 0
    private var flaw: AuditNative.Reading?

    package init() {}

    /// Takes the next line, without its end; false once the verdict is known.
    package mutating func take(_ text: ByteSlice) -> Bool {
        place += 1
        guard let line = AuditNative.read(text) else { return end(.unreadable(place: place)) }
        if let last {
            guard line.number == last.number + 1 else { return end(.broken(place: place, .gap)) }
            guard line.previous == last.hash else { return end(.broken(place: place, .link)) }
        } else if line.number == 1, line.previous != AuditChain.start {
            return end(.broken(place: place, .link))
        }
        let hash = AuditChain.hash(previous: line.previous, number: line.number, at: line.at, text: line.text)
        guard hash == line.hash else { return end(.broken(place: place, .content)) }
        first = first ?? line.number
        last = (line.number, hash)
        return true
    }

    /// What the lines turned out to be.
    package var result: AuditNative.Reading {
        if let flaw { return flaw }
        guard let first, let last else { return .empty }
        return .intact(from: first, through: last.number, head: last.hash)
    }

    private mutating func end(_ flaw: AuditNative.Reading) -> Bool {
        self.flaw = flaw
        return false
    }
}
