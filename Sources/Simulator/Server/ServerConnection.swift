/// Answers the requests of one connection, one after the other, on a thread of its own.
struct ServerConnection {
    let session: TLSSession
    let script: ServerScript

    private static let headLimit = 16_384

    func run() {
        var pending: [UInt8] = []
        while let text = nextHead(&pending) {
            guard let head = RequestHead(text) else {
                _ = write(ServerAnswer(status: 400))
                break
            }
            guard answer(head), head.keepsAlive else { break }
        }
    }

    /// Reads up to the empty line that ends a head; what follows it stays in `pending`.
    private func nextHead(_ pending: inout [UInt8]) -> String? {
        while true {
            if let end = Self.end(of: pending) {
                let head = String(decoding: pending[..<end], as: UTF8.self)
                pending.removeFirst(end)
                return head
            }
            guard pending.count < Self.headLimit, let more = session.read() else { return nil }
            pending += more
        }
    }

    private static func end(of bytes: [UInt8]) -> Int? {
        guard bytes.count >= 4 else { return nil }
        return (4...bytes.count).first { bytes[($0 - 4)..<$0].elementsEqual([13, 10, 13, 10]) }
    }

    /// Returns whether the connection can go on.
    private func answer(_ head: RequestHead) -> Bool {
        guard head.method == "GET" else { return send(ServerAnswer(status: 405, fields: ["Allow: GET"]), head.path) }
        let behaviour = script.takeBehaviour(of: head.path)
        switch behaviour {
        case .status(let status): return send(ServerAnswer(status: status), head.path)
        case .redirect(let place): return send(ServerAnswer(status: 302, fields: ["Location: \(place)"]), head.path)
        case .oversized(let count):
            return send(.body([UInt8](repeating: 0x20, count: count), type: "application/json", known: nil), head.path)
        case .body(let body): return send(.body(body, type: Self.type(head.path), known: head.entityTag), head.path)
        case .hang:
            script.record(0, for: head.path)
            session.pause()
            return false
        case .ok, .truncated, .drip:
            guard let body = script.directory?.body(head.path) else {
                return send(ServerAnswer(status: 404), head.path)
            }
            return deliver(.body(body, type: Self.type(head.path), known: head.entityTag), behaviour, head.path)
        }
    }

    private func deliver(_ answer: ServerAnswer, _ behaviour: ServerBehaviour, _ path: String) -> Bool {
        switch behaviour {
        case .truncated:
            script.record(answer.status, for: path)
            _ = session.write(answer.head + answer.body.prefix(answer.body.count / 2))
            return false
        case .drip(let pause):
            script.record(answer.status, for: path)
            guard session.write(answer.head) else { return false }
            for byte in answer.body {
                guard session.write([byte]) else { return false }
                session.pause(milliseconds: max(0, pause))
            }
            return true
        default: return send(answer, path)
        }
    }

    private func send(_ answer: ServerAnswer, _ path: String) -> Bool {
        script.record(answer.status, for: path)
        return write(answer)
    }

    private func write(_ answer: ServerAnswer) -> Bool { session.write(answer.head + answer.body) }

    private static func type(_ path: String) -> String {
        if path.hasSuffix(".crl") { return "application/pkix-crl" }
        return path.hasSuffix(".crt") ? "application/pkix-cert" : "application/json"
    }
}
