import Glibc

/// The key store as an HTTPS server on 127.0.0.1, inside the process.
///
/// The port is known before the directory is made, because the directory's URLs carry it: make a server, a plan with
/// its base URL, the directory, then ``start(serving:)``. Keep-alive, GET only, `ETag` and 304, `Cache-Control`.
package final class SimulatedServer: Sendable {
    /// The port on 127.0.0.1.
    package let port: Int
    private let listener: Int32
    private let script = ServerScript()
    private let threads: ServerThreads

    /// Takes a port; nothing answers yet.
    package init() throws(SimulatorError) {
        threads = try ServerThreads()
        (listener, port) = try ServerSockets.listen()
    }

    deinit {
        stop()
        close(listener)
    }

    /// Its address: what a plan's `baseURL` has to be.
    package var baseURL: String { "https://localhost:\(port)" }

    /// Makes a directory of this address by a plan, whose base URL is replaced, and serves it.
    package func start(_ plan: DirectoryPlan) throws(SimulatorError) -> SimulatedDirectory {
        var plan = plan
        plan.baseURL = baseURL
        let directory = try SimulatedDirectory(plan)
        try start(serving: directory)
        return directory
    }

    /// Answers from now on, with the bodies of `directory` and the certificate of its authority.
    package func start(serving directory: SimulatedDirectory) throws(SimulatorError) {
        let context = try TLSContext(directory.authority.tls)
        script.directory = directory
        let (listener, script, stop) = (listener, script, threads.stopSignal)
        let isStarted = threads.start { [unowned threads] in
            while ServerSockets.wait(listener, POLLIN, stop: stop) {
                guard let client = ServerSockets.accept(listener) else { continue }
                let isServed = threads.start {
                    if let session = TLSSession(context, socket: client, stop: stop) {
                        ServerConnection(session: session, script: script).run()
                        session.finish()
                    }
                    close(client)
                }
                if !isServed { close(client) }
            }
        }
        guard isStarted else { throw .system(call: "pthread_create", errno: EAGAIN) }
    }

    /// Scripts the next answers for a path; the last behaviour stays.
    package func script(_ path: String, _ behaviours: ServerBehaviour...) {
        script.set(behaviours, of: path)
    }

    /// The statuses of all answers for a path so far, 0 where nothing was answered.
    package func answers(_ path: String) -> [Int] { script.answers(of: path) }

    /// How many requests there were for any path.
    package var requestCount: Int { script.total }

    /// Ends all connections, waits for the threads and refuses whoever comes later; harmless when done before.
    package func stop() {
        threads.stop()
        _ = shutdown(listener, Int32(SHUT_RDWR))
    }
}
