import Encoding
import OpenBanking

/// The competent authority claims of a statement: an object, or an array of objects in older ones.
struct AuthorityClaims: Sequence {
    private let values: [JSONValue]

    init(_ evidence: Evidence) {
        guard let value = evidence.stated(.authorityClaims) else {
            values = []
            return
        }
        switch value.kind {
        case .object: values = [value]
        case .array:
            var found: [JSONValue] = []
            value.forEachElement { if $0.kind == .object { found.append($0) } }
            values = found
        default: values = []
        }
    }

    var isEmpty: Bool { values.isEmpty }

    func makeIterator() -> IndexingIterator<[JSONValue]> { values.makeIterator() }
}
