import Crypto
import Encoding
import Exports
import Ledger

/// What a verification found, in words and as JSON.
struct AuditFinding {
    /// The first and the last line, and the hash of the last, of a trail that fits.
    private(set) var intact: (from: Int64, through: Int64, head: SHA256Digest)?
    /// The line that does not fit, and how.
    private(set) var broken: (line: Int64, flaw: String)?

    var isIntact: Bool { broken == nil }

    init(_ check: AuditChain.Check) {
        switch check {
        case .intact(let lines, let head): intact = (1, lines, head)
        case .broken(let line, let flaw): broken = (line, flaw.rawValue)
        }
    }

    init(_ reading: AuditNative.Reading) {
        switch reading {
        case .intact(let from, let through, let head): intact = (from, through, head)
        case .empty: broken = (0, "empty")
        case .broken(let place, let flaw): broken = (Int64(place), flaw.rawValue)
        case .unreadable(let place): broken = (Int64(place), "unreadable")
        }
    }

    /// The finding once a line kept elsewhere was compared.
    func expecting(_ number: Int64, is isThere: Bool) -> AuditFinding {
        guard !isThere else { return self }
        var other = self
        (other.intact, other.broken) = (nil, (number, "replaced"))
        return other
    }

    var text: String {
        if let intact {
            guard intact.through > 0 else { return "intact, no line yet" }
            return "intact, lines \(intact.from) to \(intact.through)\nend \(intact.through):\(intact.head.hex)"
        }
        guard let broken else { return "" }
        switch broken.flaw {
        case "gap": return "broken at \(broken.line): a number is skipped, lines are missing there"
        case "link": return "broken at \(broken.line): it names another line before it"
        case "content": return "broken at \(broken.line): it is not what was written"
        case "cut": return "broken behind \(broken.line): lines at the end are missing"
        case "replaced": return "broken at \(broken.line): it is not the line that was kept elsewhere"
        case "empty": return "the file holds no line"
        default: return "broken at \(broken.line): it is no line of an audit trail"
        }
    }

    var json: ByteBuffer {
        let buffer = ByteBuffer(capacity: 256)
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("v", 1)
        json.member("intact", isIntact)
        if let intact {
            json.member("from", intact.from)
            json.member("through", intact.through)
            json.member("hash", intact.head.hex)
        }
        if let broken {
            json.member("line", broken.line)
            json.member("flaw", broken.flaw)
        }
        json.endObject()
        return buffer
    }
}
