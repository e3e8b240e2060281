@testable import Encoding
@testable import PKIX

extension FuzzTarget {
    /// The subject a request claims: a name is itself, also when written out and read again.
    static let distinguishedName = FuzzTarget("dn", byteLimit: 1_024) { bytes throws(BrokenProperty) in
        // A line feed is in no name: with one the input is two names to compare.
        let lines = bytes.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
        let names: [DistinguishedName]
        do throws(DNFault) {
            names = try lines.map { (line) throws(DNFault) in
                try DistinguishedName.parse(rfc4514: ByteSlice(Array(line)))
            }
        } catch { return false }
        for name in names {
            try hold(!name.isEmpty, "a name without parts")
            try NameProperties.inspect(name)
        }
        if let first = names.first, let last = names.last {
            try hold(first.matches(last) == last.matches(first), "a name matches another, but not the other way round")
            try hold(!first.matches(last) || first.matches(last, lenient: true), "leniency refuses")
        }
        return true
    }
}

/// What holds of every name.
enum NameProperties {
    static func inspect(_ name: DistinguishedName) throws(BrokenProperty) {
        guard !name.isEmpty else { return }
        try hold(name.matches(name) && name.matches(name, lenient: true), "a name is not itself")
        let text = name.rfc4514
        try hold(NameText.isClean(text), "a name cannot be shown")
        guard text.utf8.count <= DistinguishedName.byteLimit else { return }
        let again = try must("cannot read \(text.debugDescription)") { () throws(DNFault) in
            try DistinguishedName.parse(rfc4514: text)
        }
        try hold(again.matches(name) && name.matches(again), "\(text.debugDescription) is another name")
        try hold(again.rfc4514 == text, "\(text.debugDescription) is written differently the second time")
    }
}
