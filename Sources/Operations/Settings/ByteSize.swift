/// A number of bytes as settings write it: `8192B`, `64KiB`, `16MiB`, `2GiB`.
///
/// Powers of 1024 only; `KB` is refused because people mean two things by it.
package struct ByteSize: Hashable, Comparable, Sendable {
    /// The size in bytes.
    package let bytes: Int

    private static let units: [(name: String, bytes: Int)] = [
        ("B", 1), ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30),
    ]

    /// A number of bytes.
    package init(bytes: Int) {
        self.bytes = bytes
    }

    /// `count` times 1024 bytes.
    package static func kibibytes(_ count: Int) -> ByteSize { ByteSize(bytes: count << 10) }
    /// `count` times 1024² bytes.
    package static func mebibytes(_ count: Int) -> ByteSize { ByteSize(bytes: count << 20) }
    /// `count` times 1024³ bytes.
    package static func gibibytes(_ count: Int) -> ByteSize { ByteSize(bytes: count << 30) }

    /// Reads `text` as one decimal number without leading zero and one unit of B, KiB, MiB, GiB; nil for anything else.
    package init?(_ text: String) {
        guard let (count, unit) = DecimalQuantity.split(text),
            let factor = Self.units.first(where: { $0.name == unit })?.bytes
        else { return nil }
        let (product, overflow) = count.multipliedReportingOverflow(by: factor)
        guard !overflow else { return nil }
        bytes = product
    }

    /// Smaller first.
    package static func < (left: ByteSize, right: ByteSize) -> Bool { left.bytes < right.bytes }
}

extension ByteSize: CustomStringConvertible {
    /// The shortest exact form.
    package var description: String {
        guard bytes > 0, let fitting = Self.units.last(where: { bytes % $0.bytes == 0 }) else { return "\(bytes)B" }
        return "\(bytes / fitting.bytes)\(fitting.name)"
    }
}
