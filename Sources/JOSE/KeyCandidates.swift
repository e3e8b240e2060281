/// The keys of a set that one kid names: nearly always one, never more than four; rule R-092.
///
/// A position range in the set's own array: making one allocates nothing.
package struct KeyCandidates: RandomAccessCollection {
    /// The most keys tried for one signature.
    package static let limit = 4

    private let source: KeySet
    private let range: Range<Int>

    init(set: KeySet, range: Range<Int>) {
        self.source = set
        self.range = range
    }

    package var startIndex: Int { range.lowerBound }
    package var endIndex: Int { range.upperBound }
    package var isEmpty: Bool { range.isEmpty }
    package var first: VerificationKey? { range.isEmpty ? nil : source.keys[range.lowerBound] }
    package subscript(position: Int) -> VerificationKey { source.keys[position] }

    /// The standing of the key at `position`.
    package func standing(at position: Int) -> KeyStanding { source.standings[position] }
}
