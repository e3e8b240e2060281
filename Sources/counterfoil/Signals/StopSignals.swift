import Dispatch
import Glibc
import Operations
import Pipeline
import Synchronization

/// SIGINT and SIGTERM as a wish to stop: what is in flight is finished, then the process ends with 130 or 143.
final class StopSignals {
    let flag = StopFlag()
    private let first = First()
    private let sources: [SignalSource]

    /// The first signal that came, 0 before.
    private final class First: Sendable {
        let number = Atomic<Int32>(0)
    }

    /// Listens from now on; `onStop` hears of the first signal.
    init(onStop: @escaping @Sendable () -> Void = {}) {
        let queue = DispatchQueue(label: "counterfoil.signals")
        sources = [SIGINT, SIGTERM].map { [first, flag] number in
            SignalSource(number, on: queue) { @Sendable in
                let (isFirst, _) = first.number.compareExchange(
                    expected: 0,
                    desired: number,
                    ordering: .acquiringAndReleasing
                )
                flag.set()
                if isFirst { onStop() }
            }
        }
    }

    /// Whether one of them came.
    var isSet: Bool { flag.isSet }

    /// The code to end with; nil while none of the two came.
    var exitCode: ExitCode? {
        switch first.number.load(ordering: .acquiring) {
        case SIGINT: .interrupted
        case SIGTERM: .terminated
        default: nil
        }
    }
}
