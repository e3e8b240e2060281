import Glibc

/// An open file descriptor, closed when its owner lets go.
struct Descriptor: ~Copyable {
    let raw: Int32

    /// Takes the result of an `open` call over; nil for -1.
    init?(_ raw: Int32) {
        guard raw >= 0 else { return nil }
        self.raw = raw
    }

    deinit { close(raw) }
}
