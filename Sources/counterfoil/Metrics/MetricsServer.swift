import Dispatch
import Glibc

/// Answers who asks for metrics over the Unix socket, on a queue of its own.
///
/// Bounded whoever asks: so many at once, so many bytes, so much time for each; the page is made once a second at most.
/// `@unchecked Sendable`: everything but `ending` is touched on its queue only, once the initialiser is done.
final class MetricsServer: @unchecked Sendable {
    /// The most clients served at once; whoever comes then is turned away.
    static let clientLimit = 16
    /// The milliseconds a client has for its request and the answer.
    static let patience: Int64 = 2000
    /// The milliseconds a page is good for.
    private static let pageAge: Int64 = 1000

    private let listener: MetricsListener
    private let page: @Sendable () -> String?
    private let now: @Sendable () -> Int64
    private let queue = DispatchQueue(label: "counterfoil.metrics.socket")
    /// Written to once, to end the loop.
    private let ending: (read: Int32, write: Int32)
    private var clients: [Client] = []
    private var last: (page: [UInt8], at: Int64)?

    /// One connection.
    private struct Client {
        let descriptor: Int32
        let until: Int64
        var request = MetricsRequest()
        /// What is still to be sent; nil while the request is not complete.
        var answer: ArraySlice<UInt8>?
    }

    /// Listens at `path` from now on; `page` returns the metrics, nil where they cannot be had; `now` milliseconds.
    init(
        _ path: String,
        now: @escaping @Sendable () -> Int64,
        page: @escaping @Sendable () -> String?
    ) throws(Failure) {
        listener = try MetricsListener(path)
        (self.now, self.page) = (now, page)
        var ends: [Int32] = [-1, -1]
        _ = unsafe pipe(&ends)
        for end in ends where end >= 0 { Self.prepare(end) }
        ending = (ends[0], ends[1])
    }

    deinit {
        close(ending.read)
        close(ending.write)
    }

    func start() { queue.async { @Sendable [self] in serve() } }

    /// Ends; open connections are closed, and the socket's file is gone when the last reference is.
    func stop() {
        var byte: UInt8 = 0
        _ = unsafe write(ending.write, &byte, 1)
        queue.sync {}
    }

    private func serve() {
        while true {
            var entries = [
                pollfd(fd: ending.read, events: Int16(POLLIN), revents: 0),
                pollfd(fd: listener.descriptor, events: Int16(POLLIN), revents: 0),
            ]
            for client in clients {
                let events = client.answer == nil ? POLLIN : POLLOUT
                entries.append(pollfd(fd: client.descriptor, events: Int16(events), revents: 0))
            }
            let soonest = clients.map(\.until).min()
            let wait = soonest.map { Int32(clamping: max(0, $0 - now())) } ?? -1
            _ = unsafe poll(&entries, nfds_t(entries.count), wait)
            if entries[0].revents != 0 { break }
            attend(entries.dropFirst(2).map { $0.revents != 0 })
            if entries[1].revents != 0 { accept() }
        }
        for client in clients { close(client.descriptor) }
        clients = []
    }

    private func accept() {
        let descriptor = Glibc.accept(listener.descriptor, nil, nil)
        guard descriptor >= 0 else {
            // Out of descriptors: not to be asked again at once, for ever.
            if errno == EMFILE || errno == ENFILE { usleep(50_000) }
            return
        }
        Self.prepare(descriptor)
        guard clients.count < Self.clientLimit else {
            let answer = MetricsRequest.answer(.unavailable)
            _ = unsafe send(descriptor, answer, answer.count, Int32(MSG_NOSIGNAL))
            close(descriptor)
            return
        }
        clients.append(Client(descriptor: descriptor, until: now() + Self.patience))
    }

    /// Never waited for, and not for programs this one starts.
    private static func prepare(_ descriptor: Int32) {
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }

    private func attend(_ isReady: [Bool]) {
        let time = now()
        var kept: [Client] = []
        for (index, client) in clients.enumerated() {
            var client = client
            let goesOn = client.until > time && (!isReady[index] || attend(&client))
            if goesOn { kept.append(client) } else { close(client.descriptor) }
        }
        clients = kept
    }

    /// Does what can be done for a client; false when it is done with.
    private func attend(_ client: inout Client) -> Bool {
        if client.answer == nil {
            var buffer = [UInt8](repeating: 0, count: 2048)
            let count = unsafe recv(client.descriptor, &buffer, buffer.count, 0)
            if count < 0 { return errno == EAGAIN || errno == EINTR }
            guard count > 0 else { return false }
            guard let status = client.request.add(buffer[..<count]) else { return true }
            client.answer = answer(status)[...]
        }
        guard let rest = client.answer else { return true }
        let count = unsafe rest.withUnsafeBytes {
            unsafe send(client.descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        if count < 0 { return errno == EAGAIN || errno == EINTR }
        client.answer = rest.dropFirst(count)
        return client.answer?.isEmpty == false
    }

    private func answer(_ status: MetricsRequest.Status) -> [UInt8] {
        guard status == .good else { return MetricsRequest.answer(status) }
        if let last, now() - last.at < Self.pageAge { return last.page }
        guard let text = page() else { return MetricsRequest.answer(.unavailable) }
        let answer = MetricsRequest.answer(.good, text)
        last = (answer, now())
        return answer
    }
}
