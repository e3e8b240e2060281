import Encoding
import Glibc
import Operations

/// Standard output, written whole.
enum StandardOutput {
    /// Writes `text` as it is.
    static func write(_ text: String) { write(ByteSlice(text)) }

    /// Writes what people read; on a terminal that is too narrow, lines are broken where they can be.
    static func show(_ text: String) {
        let isSeen = Terminal(descriptor: STDOUT_FILENO).isTerminal
        write(isSeen ? LineFolding.fold(text, width: Terminal.columns(of: STDOUT_FILENO)) : text)
    }

    /// Writes what `buffer` holds and a line end.
    static func line(_ buffer: ByteBuffer) {
        buffer.append(UInt8(ascii: "\n"))
        write(buffer.all)
    }

    /// Writes bytes; what a reader that went away does not take is lost.
    static func write(_ bytes: ByteSlice) {
        unsafe bytes.withUnsafeBytes { all in
            var done = 0
            while done < all.count {
                let rest = unsafe UnsafeRawBufferPointer(rebasing: all[done...])
                let count = unsafe Glibc.write(STDOUT_FILENO, rest.baseAddress, rest.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return }
                done += count
            }
        }
    }
}
