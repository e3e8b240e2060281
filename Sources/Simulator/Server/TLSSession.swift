import CLibssl
import Glibc

/// The server's end of one TLS connection; used by one thread.
@safe final class TLSSession {
    private let session: OpaquePointer
    private let socket: Int32
    private let stop: Int32

    /// Takes no ownership of the descriptors; nil when OpenSSL has no memory.
    init?(_ context: TLSContext, socket: Int32, stop: Int32) {
        guard let made = unsafe context.session() else { return nil }
        unsafe session = made
        self.socket = socket
        self.stop = stop
    }

    deinit {
        unsafe SSL_free(session)
    }

    /// Waits for what the client says next, the handshake done on the way; nil at the end of the connection.
    func read() -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = unsafe SSL_read(session, &bytes, Int32(bytes.count))
            let isWaiting = unsafe count <= 0 && shim_session_wants_input(session, count) == 1
            guard flush() else { return nil }
            if count > 0 { return Array(bytes.prefix(Int(count))) }
            guard isWaiting, let received = ServerSockets.receive(socket, stop: stop) else { return nil }
            guard unsafe shim_session_feed(session, received, Int32(received.count)) == received.count else {
                return nil
            }
        }
    }

    /// Sends `bytes`; false when the client left or the server stops.
    func write(_ bytes: [UInt8]) -> Bool {
        guard !bytes.isEmpty else { return true }
        let count = unsafe SSL_write(session, bytes, Int32(bytes.count))
        return count == bytes.count && flush()
    }

    /// Waits until the client leaves (or says something) or the server stops, or for so many milliseconds.
    func pause(milliseconds: Int32 = -1) {
        _ = ServerSockets.wait(socket, milliseconds < 0 ? POLLIN : 0, stop: stop, milliseconds: milliseconds)
    }

    /// Says that nothing more comes.
    func finish() {
        unsafe SSL_shutdown(session)
        _ = flush()
    }

    private func flush() -> Bool {
        var bytes = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = unsafe shim_session_drain(session, &bytes, Int32(bytes.count))
            guard count > 0 else { return true }
            guard ServerSockets.send(Array(bytes.prefix(Int(count))), to: socket, stop: stop) else { return false }
        }
    }
}
