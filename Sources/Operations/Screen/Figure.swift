/// Numbers as people read them.
package enum Figure {
    /// `12,000`.
    package static func count(_ number: Int) -> String {
        let digits = String(number.magnitude)
        var grouped = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { grouped.append(",") }
            grouped.append(digit)
        }
        return number < 0 ? "-\(grouped)" : grouped
    }

    /// `512 B`, `0.4 MB`, `118 MB`, `61 GB`: powers of 1000, one decimal below 10.
    package static func bytes(_ number: Int64) -> String {
        if number < 1000 { return "\(max(0, number)) B" }
        let units =
            [("TB", 1_000_000_000_000), ("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1000)] as [(String, Int64)]
        let (name, size) = units.first { number >= $0.1 } ?? ("kB", 1000)
        let tenths = number / (size / 10)
        return tenths < 100 && tenths % 10 != 0 ? "\(tenths / 10).\(tenths % 10) \(name)" : "\(tenths / 10) \(name)"
    }

    /// `1 request`, `2 requests`.
    package static func plural(_ number: Int, _ one: String, _ many: String) -> String {
        "\(count(number)) \(number == 1 ? one : many)"
    }
}
