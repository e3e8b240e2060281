package import Encoding

/// Some whole lines of a batch, in a buffer that is reused from block to block.
package final class BulkBlock {
    /// The lines, in their order.
    package internal(set) var lines: [BulkLine] = []
    let buffer = ByteBuffer()

    /// Makes an empty block.
    package init() {}

    /// The bytes of a line without its line end; nil when it is too long.
    ///
    /// Valid until the block is filled again.
    package func text(of line: BulkLine) -> ByteSlice? {
        line.isTooLong ? nil : buffer[line.start..<line.start + line.count]
    }

    func removeAll() {
        lines.removeAll(keepingCapacity: true)
        buffer.removeAll()
    }
}
