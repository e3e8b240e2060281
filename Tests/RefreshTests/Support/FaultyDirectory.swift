import Glibc
import Synchronization
import Testing

@testable import Simulator

/// An HTTPS key store under the name `localhost` that does exactly what it is told, by path: bytes as given, drips,
/// resets, silence, and connections cut in the handshake.
final class FaultyDirectory: Sendable {
    /// What becomes of a connection before any request.
    enum Greeting: Sendable {
        case serve, closeAtOnce, closeInHandshake, silence
        /// These bytes as the answer to the client's hello.
        case bytes([UInt8])
    }

    /// What it was told, and what it was asked.
    private final class Script: Sendable {
        struct State {
            var replies: [String: FaultyReply] = [:]
            var greeting = Greeting.serve
            var heads: [String] = []
        }

        let state = Mutex(State())
    }

    let port: Int
    private let listener: Int32
    private let threads: ServerThreads
    private let script = Script()

    /// Serves from now on with the certificate of `identity`; everything is 404 until told otherwise.
    init(_ identity: TLSIdentity, address: UInt32 = 0x7F00_0001, port: Int = 0) throws {
        threads = try ServerThreads()
        (listener, self.port) = try Loopback.listen(address: address, port: port)
        let context = try TLSContext(identity)
        let (listener, script, stop) = (listener, script, threads.stopSignal)
        let isStarted = threads.start { [unowned threads] in
            while ServerSockets.wait(listener, POLLIN, stop: stop) {
                guard let client = ServerSockets.accept(listener) else { continue }
                let isServed = threads.start {
                    Self.serve(client, context, script, stop: stop)
                    close(client)
                }
                if !isServed { close(client) }
            }
        }
        try #require(isStarted)
    }

    deinit {
        threads.stop()
        close(listener)
    }

    /// What `path` answers from now on.
    func answer(_ path: String, _ reply: FaultyReply) { script.state.withLock { $0.replies[path] = reply } }

    /// What new connections find from now on.
    func greet(_ greeting: Greeting) { script.state.withLock { $0.greeting = greeting } }

    /// The heads of all requests so far, whole.
    var heads: [String] { script.state.withLock { $0.heads } }

    /// The paths of all requests so far.
    var paths: [String] { heads.map { String($0.split(separator: " ")[1]) } }

    func url(_ path: String, host: String = "localhost") -> String { "https://\(host):\(port)\(path)" }

    private static func serve(_ client: Int32, _ context: TLSContext, _ script: Script, stop: Int32) {
        switch script.state.withLock({ $0.greeting }) {
        case .closeAtOnce: return
        case .closeInHandshake:
            // The client's hello has arrived, and that is all.
            _ = ServerSockets.receive(client, stop: stop)
            return
        case .bytes(let bytes):
            _ = ServerSockets.receive(client, stop: stop)
            _ = ServerSockets.send(bytes, to: client, stop: stop)
            _ = ServerSockets.receive(client, stop: stop)
            return
        case .silence:
            while ServerSockets.receive(client, stop: stop) != nil {}
            return
        case .serve: break
        }
        guard let session = TLSSession(context, socket: client, stop: stop), let head = head(session) else { return }
        let path = head.split(separator: " ").dropFirst().first.map(String.init) ?? ""
        let reply = script.state.withLock { state in
            state.heads.append(head)
            return state.replies[path] ?? .status(404)
        }
        let isConditional = head.lowercased().contains("if-none-match:")
        if let other = reply.ifConditional, isConditional {
            _ = session.write(other)
        } else {
            send(reply, session)
        }
        switch reply.end {
        case .close: session.finish()
        case .hang: session.pause()
        case .reset: Loopback.reset(client)
        }
    }

    private static func head(_ session: TLSSession) -> String? {
        var bytes: [UInt8] = []
        while !bytes.suffix(4).elementsEqual("\r\n\r\n".utf8) {
            guard bytes.count < 65_536, let more = session.read() else { return nil }
            bytes += more
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func send(_ reply: FaultyReply, _ session: TLSSession) {
        guard let pause = reply.drip else {
            guard session.write(reply.bytes) else { return }
            for _ in 0..<reply.repeats { guard session.write(reply.block) else { return } }
            return
        }
        for byte in reply.bytes {
            guard session.write([byte]) else { return }
            session.pause(milliseconds: pause)
        }
    }
}
