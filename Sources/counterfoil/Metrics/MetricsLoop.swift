import Dispatch
import Operations
import Synchronization

/// Publishes the metrics of the daemon: the file now and then, and an answer to whoever asks over the socket.
///
/// What goes wrong here is told once and keeps no request waiting. `@unchecked Sendable`: the timer and whether the file
/// fails are touched on `queue` only, the server by the thread that starts and stops.
final class MetricsLoop: @unchecked Sendable {
    private let queue = DispatchQueue(label: "counterfoil.metrics")
    private let site: Mutex<Site>
    private let log: Log
    private var timer: (any DispatchSourceTimer)?
    private var isFailing = false
    private var server: MetricsServer?

    init(site: Site, log: Log) {
        self.site = Mutex(site)
        self.log = log
    }

    /// Publishes from now on.
    func start() {
        let site = site.withLock { $0 }
        queue.sync { setTimer(site) }
        let path = site.configuration.metrics.socket
        guard !path.isEmpty else { return }
        do throws(Failure) {
            let clock = site.clock
            let server = try MetricsServer(path, now: { clock.monotonicMilliseconds() }) { @Sendable [weak self] in
                self?.page()
            }
            server.start()
            self.server = server
        } catch {
            log(.metricsUnavailable, "Metrics cannot be asked for over their socket", .reason(error.line))
        }
    }

    /// Works by another configuration; where the socket is stays until the next start.
    func use(_ site: Site) {
        self.site.withLock { $0 = site }
        queue.async { @Sendable [weak self] in self?.setTimer(site) }
    }

    /// Writes the file a last time, and ends.
    func stop() {
        server?.stop()
        server = nil
        queue.sync {
            timer?.cancel()
            timer = nil
            write()
        }
    }

    private func setTimer(_ site: Site) {
        timer?.cancel()
        timer = nil
        guard !site.configuration.metrics.textfile.isEmpty else { return }
        let timer = DispatchSource.makeTimerSource(queue: queue)
        let every = DispatchTimeInterval.milliseconds(Int(site.configuration.metrics.every.milliseconds))
        timer.schedule(deadline: .now(), repeating: every, leeway: .milliseconds(100))
        timer.setEventHandler { @Sendable [weak self] in self?.write() }
        timer.activate()
        self.timer = timer
    }

    private func write() {
        do throws(Failure) {
            try MetricsFile.write(site.withLock { $0 })
            isFailing = false
        } catch {
            if !isFailing { log(.metricsUnavailable, "Metrics cannot be written", .reason(error.line)) }
            isFailing = true
        }
    }

    private func page() -> String? {
        do throws(Failure) { return try MetricsReader(site.withLock { $0 }).text() } catch { return nil }
    }
}
