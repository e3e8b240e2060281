import Dispatch
import Glibc

@testable import Fetch

/// A plain HTTP server that says exactly what it is told, by path: for answers no real server would give.
final class ScriptedServer: Sendable {
    /// What to send once a request head has arrived, and what to do then.
    struct Reply: Sendable {
        enum End: Sendable { case close, reset, hang }
        var bytes: [UInt8]
        var end: End

        init(_ text: String, _ end: End = .close) { self.init(Array(text.utf8), end) }
        init(_ bytes: [UInt8], _ end: End = .close) {
            self.bytes = bytes
            self.end = end
        }
    }

    let port: Int
    private let listener: Int32
    private let done = DispatchSemaphore(value: 0)

    init(_ replies: [String: Reply]) throws {
        (listener, port) = try Loopback.listen()
        let (listener, done) = (listener, done)
        DispatchQueue(label: "scripted server").async {
            var kept: [Int32] = []
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { break }
                _ = fcntl(client, F_SETFD, FD_CLOEXEC)
                let head = Self.head(of: client)
                let path = head.split(separator: " ").dropFirst().first.map(String.init) ?? ""
                let reply = replies[path] ?? Reply("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
                var sent = 0
                while sent < reply.bytes.count {
                    let count = reply.bytes[sent...].withUnsafeBytes {
                        send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                    }
                    guard count > 0 else { break }
                    sent += count
                }
                switch reply.end {
                case .hang: kept.append(client)
                case .close:
                    shutdown(client, Int32(SHUT_WR))
                    close(client)
                case .reset:
                    Loopback.reset(client)
                    close(client)
                }
            }
            for client in kept { close(client) }
            close(listener)
            done.signal()
        }
    }

    /// Stops accepting and waits until the thread is gone.
    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        done.wait()
    }

    /// The settings to talk to it under the name `crl.test`, with bounds that no machine is too slow for.
    var settings: FetchSettings {
        FetchSettings(
            hosts: [
                HostRule(name: "crl.test", ports: [UInt16(port)], reach: .loopback, addresses: ["127.0.0.1"])
            ],
            timeoutMilliseconds: FaultBench.ample,
            connectTimeoutMilliseconds: FaultBench.ample,
            slowBytesPerSecond: 0
        )
    }

    func url(_ path: String) -> String { "http://crl.test:\(port)\(path)" }

    private static func head(of client: Int32) -> String {
        var head: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) {
            let count = recv(client, &chunk, chunk.count, 0)
            guard count > 0 else { break }
            head += chunk.prefix(count)
        }
        return String(decoding: head, as: UTF8.self)
    }
}
