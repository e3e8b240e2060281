import Yams

/// Finds where a key is given the second time, and puts it aside so that reading can go on.
///
/// The YAML library says that a mapping has a key twice but only where the first one is. A candidate is proven: rename it and
/// the first one to a word that occurs nowhere else; only if both are keys of the same mapping is that word reported as a duplicate.
struct DuplicateKeySearch {
    /// The text, with the keys put aside renamed in place (same length, so that no column moves).
    private(set) var text: String
    /// The names that stand for keys put aside.
    private(set) var setAside: Set<String> = []

    private var scalars: [Unicode.Scalar]
    private var trials = 0
    private static let trialLimit = 256
    private static let firstPrivate: UInt32 = 0xE000

    init(_ text: String) {
        self.text = text
        scalars = Array(text.unicodeScalars)
    }

    /// Renames the next occurrence of key `name` in the mapping whose first is at `first`; returns its place, nil if not found.
    mutating func setAsideNext(_ name: String, after first: (line: Int, column: Int)) -> (line: Int, column: Int)? {
        let wanted = Array(name.unicodeScalars)
        guard !wanted.isEmpty, var start = index(line: first.line, column: first.column) else { return nil }
        if scalars[start] == "\"" || scalars[start] == "'" { start += 1 }
        var candidate = start + wanted.count
        while candidate + wanted.count <= scalars.count, trials < Self.trialLimit {
            defer { candidate += 1 }
            guard scalars[candidate] == wanted[0], scalars[candidate...].starts(with: wanted) else { continue }
            trials += 1
            guard let standIn = standIn(count: wanted.count, number: trials) else { return nil }
            if proves(standIn, at: start, and: candidate) {
                let place = place(ofScalar: candidate)
                scalars.replaceSubrange(candidate..<candidate + wanted.count, with: standIn)
                text = Self.string(scalars)
                setAside.insert(Self.string(standIn))
                let quoted = candidate > 0 && (scalars[candidate - 1] == "\"" || scalars[candidate - 1] == "'")
                return (place.line, quoted ? place.column - 1 : place.column)
            }
        }
        return nil
    }

    private func proves(_ standIn: [Unicode.Scalar], at first: Int, and second: Int) -> Bool {
        var trial = scalars
        trial.replaceSubrange(first..<first + standIn.count, with: standIn)
        trial.replaceSubrange(second..<second + standIn.count, with: standIn)
        do {
            _ = try Yams.compose(yaml: Self.string(trial), .basic, .default, .utf8)
            return false
        } catch YamlError.duplicatedKeysInMapping(let names, _) {
            return names.contains(Self.string(standIn))
        } catch {
            return false
        }
    }

    private func standIn(count: Int, number: Int) -> [Unicode.Scalar]? {
        guard let lead = Unicode.Scalar(Self.firstPrivate + UInt32(number)), !scalars.contains(lead) else { return nil }
        return Array(repeating: lead, count: count)
    }

    /// The scalar at a place, nil past the end of the text.
    func scalar(line: Int, column: Int) -> Unicode.Scalar? {
        index(line: line, column: column).map { scalars[$0] }
    }

    /// The place of the `offset`th character.
    func place(ofCharacter offset: Int) -> (line: Int, column: Int) {
        place(ofScalar: text.prefix(offset).unicodeScalars.count)
    }

    private func place(ofScalar offset: Int) -> (line: Int, column: Int) {
        var (line, column) = (1, 1)
        for scalar in scalars.prefix(offset) {
            if scalar == "\n" { (line, column) = (line + 1, 1) } else { column += 1 }
        }
        return (line, column)
    }

    private func index(line: Int, column: Int) -> Int? {
        var current = 1
        var start = 0
        while current < line {
            guard let end = scalars[start...].firstIndex(of: "\n") else { return nil }
            start = end + 1
            current += 1
        }
        let index = start + column - 1
        return index < scalars.count ? index : nil
    }

    private static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}
