import CLibcurl
import Glibc

/// Gets many URLs at a time on one thread, within the bounds of its settings.
///
/// Belongs to one thread. Connections, names and TLS sessions are kept from pass to pass.
@safe package final class Fetcher {
    private let settings: FetchSettings
    private let allowList: AllowList
    private let multi: UnsafeMutableRawPointer
    private var idle: [Transfer] = []
    private var running: [Transfer] = []
    private var pace: HostPace

    /// How long a call may wait for the network before it looks at `shouldStop` again.
    private static let waitMilliseconds: Int32 = 100

    package init(_ settings: FetchSettings) throws(FetchFailure) {
        guard CurlLibrary.isReady, let multi = unsafe curl_multi_init() else { throw .library("no multi handle") }
        self.settings = settings
        allowList = AllowList(settings.hosts)
        pace = HostPace(perSecond: settings.ratePerHost)
        unsafe self.multi = multi
    }

    deinit {
        for transfer in running { unsafe curl_multi_remove_handle(multi, transfer.handle.raw) }
        unsafe curl_multi_cleanup(multi)
    }

    /// The longest a transfer may take, in seconds.
    package var longestTransfer: Int64 { Int64(settings.timeoutMilliseconds + 999) / 1000 }

    /// Fetches every request and delivers each result once, in order of completion.
    ///
    /// Requests start in list order as far as their host has a free slot and its share of starts a second is not used
    /// up, so one slow host holds up nobody else, and sources that may hang hold up no good one.
    /// - Parameters:
    ///   - requests: In order of wish.
    ///   - shouldStop: Asked at least ten times a second; true ends the pass, the rest being delivered as `.stopped`.
    ///   - admit: Asked with index and host as a request is about to start; a failure is delivered in its place.
    ///   - deliver: Called on this thread, between network events.
    package func fetch(
        _ requests: [FetchRequest],
        shouldStop: () -> Bool = { false },
        admit: (_ index: Int, _ host: String) -> FetchFailure? = { _, _ in nil },
        deliver: (FetchResult) -> Void
    ) {
        var queue = FetchQueue(perHost: settings.parallelPerHost, parallel: settings.parallel)
        for (index, request) in requests.enumerated() {
            do throws(FetchFailure) {
                let (url, rule) = try allowList.admit(request.url, class: request.class)
                queue.append(FetchQueue.Entry(index: index, url: url, rule: rule, isProven: request.isProven))
            } catch {
                deliver(FetchResult(index: index, outcome: .failure(error)))
            }
        }
        while !shouldStop() {
            start(from: &queue, requests, admit: admit, deliver: deliver)
            if running.isEmpty, queue.isEmpty { return }
            var active: Int32 = 0
            let code = unsafe curl_multi_perform(multi, &active)
            guard code == CURLM_OK else { break }
            guard !finish(&queue, deliver) else { continue }
            unsafe curl_multi_poll(multi, nil, 0, waitMilliseconds(queue), nil)
        }
        abandon(queue, deliver)
    }

    /// Fills the free slots.
    private func start(
        from queue: inout FetchQueue,
        _ requests: [FetchRequest],
        admit: (Int, String) -> FetchFailure?,
        deliver: (FetchResult) -> Void
    ) {
        while running.count < settings.parallel, let entry = queue.take(&pace, at: Self.now()) {
            if let refusal = admit(entry.index, entry.url.host) {
                queue.release(entry.index)
                deliver(FetchResult(index: entry.index, host: entry.url.host, outcome: .failure(refusal)))
                continue
            }
            pace.begin(entry.url.host, at: Self.now())
            do throws(FetchFailure) {
                let transfer = if let used = idle.popLast() { used } else { try Transfer() }
                let request = requests[entry.index]
                try transfer.prepare(request, index: entry.index, url: entry.url, rule: entry.rule, settings: settings)
                let code = unsafe curl_multi_add_handle(multi, transfer.handle.raw)
                guard code == CURLM_OK else { throw .library("add handle \(code.rawValue)") }
                running.append(transfer)
            } catch {
                queue.release(entry.index)
                deliver(FetchResult(index: entry.index, host: entry.url.host, outcome: .failure(error)))
            }
        }
    }

    /// How long to wait for the network: not past the moment at which another transfer may begin.
    private func waitMilliseconds(_ queue: FetchQueue) -> Int32 {
        guard running.count < settings.parallel, let wait = queue.wait(pace, at: Self.now()) else {
            return Self.waitMilliseconds
        }
        return Int32(clamping: min(Int64(Self.waitMilliseconds), max(1, wait)))
    }

    /// Milliseconds of a clock nobody sets.
    private static func now() -> Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// Delivers what has ended since the last call; true when anything had.
    private func finish(_ queue: inout FetchQueue, _ deliver: (FetchResult) -> Void) -> Bool {
        var any = false
        var left: Int32 = 0
        while let message = unsafe curl_multi_info_read(multi, &left) {
            guard unsafe message.pointee.msg == CURLMSG_DONE,
                let raw = unsafe counterfoil_curl_message_handle(message),
                let slot = running.firstIndex(where: { unsafe $0.handle.raw == raw })
            else { continue }
            // Read before the handle leaves the multi handle, which owns the message.
            let code = unsafe counterfoil_curl_message_result(message)
            let transfer = running.remove(at: slot)
            any = true
            unsafe curl_multi_remove_handle(multi, raw)
            queue.release(transfer.index)
            let result = FetchResult(
                index: transfer.index,
                host: transfer.host,
                outcome: transfer.outcome(of: code, settings: settings),
                milliseconds: transfer.handle.microseconds(CURLINFO_TOTAL_TIME_T) / 1000
            )
            idle.append(transfer)
            deliver(result)
        }
        return any
    }

    /// Ends everything at once.
    private func abandon(_ queue: FetchQueue, _ deliver: (FetchResult) -> Void) {
        let transfers = running
        running = []
        for transfer in transfers {
            unsafe curl_multi_remove_handle(multi, transfer.handle.raw)
            idle.append(transfer)
            deliver(FetchResult(index: transfer.index, host: transfer.host, outcome: .failure(.stopped)))
        }
        for index in queue.remaining() { deliver(FetchResult(index: index, outcome: .failure(.stopped))) }
    }
}
