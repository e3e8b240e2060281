/// Finds the name somebody probably meant.
package enum NameSuggestion {
    /// The one of `names` nearest to `typed` by edits (a swap of neighbours counts as one), when near enough to be a slip.
    package static func nearest(to typed: String, among names: some Sequence<String>) -> String? {
        let wanted = Array(typed.lowercased().unicodeScalars.prefix(64)).map { $0 == "-" ? "_" : $0 }
        let ranked = names.map { (name: $0, edits: edits(wanted, Array($0.unicodeScalars))) }
        guard let best = ranked.min(by: { $0.edits < $1.edits }) else { return nil }
        return best.edits <= max(1, wanted.count / 3) && best.edits < best.name.count ? best.name : nil
    }

    private static func edits(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var earlier: [Int] = []
        var previous = Array(0...right.count)
        for i in left.indices {
            var current = [i + 1]
            for j in right.indices {
                var least = min(previous[j + 1] + 1, current[j] + 1, previous[j] + (left[i] == right[j] ? 0 : 1))
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    least = min(least, earlier[j - 1] + 1)
                }
                current.append(least)
            }
            (earlier, previous) = (previous, current)
        }
        return previous[right.count]
    }
}
