import Encoding
import Glibc
import Operations
import Synchronization

/// Standard output, written whole.
enum StandardOutput {
    /// The error of the first write that failed; behind it nothing is written, so that no hole can be in what was.
    private static let fault = Mutex<Int32?>(nil)

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

    /// Writes bytes; a write that fails is told when the command ends.
    static func write(_ bytes: ByteSlice) {
        fault.withLock { fault in
            guard fault == nil else { return }
            unsafe bytes.withUnsafeBytes { all in
                var done = 0
                while done < all.count {
                    let rest = unsafe UnsafeRawBufferPointer(rebasing: all[done...])
                    let count = unsafe Glibc.write(STDOUT_FILENO, rest.baseAddress, rest.count)
                    if count < 0, errno == EINTR { continue }
                    guard count > 0 else {
                        fault = count < 0 ? errno : EIO
                        return
                    }
                    done += count
                }
            }
        }
    }

    /// Why not all of it could be written; nil where all was, or nobody reads it any more.
    static var failure: Failure? {
        guard let number = fault.withLock({ $0 }), number != EPIPE else { return nil }
        let what = "not all could be written: \(ErrorText.of(number))"
        let remedy = "free space there, or write to another place; then run it again"
        return Failure(
            UserMessage("standard output", what, remedy: remedy),
            name: "output",
            ExitCode.ofSystemError(number)
        )
    }
}
