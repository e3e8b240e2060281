import Dispatch
import Glibc

/// One signal turned into calls on a queue, from when the initialiser returns until the value goes out of use.
final class SignalSource {
    private let source: any DispatchSourceSignal

    init(_ number: Int32, on queue: DispatchQueue, _ handler: @escaping @Sendable () -> Void) {
        // The signal's own action is off before anyone listens, so that none can end the process in between.
        _ = signal(number, SIG_IGN)
        source = DispatchSource.makeSignalSource(signal: number, queue: queue)
        let isListening = DispatchSemaphore(value: 0)
        source.setRegistrationHandler { @Sendable in isListening.signal() }
        source.setEventHandler { @Sendable in handler() }
        source.activate()
        isListening.wait()
    }

    deinit { source.cancel() }
}
