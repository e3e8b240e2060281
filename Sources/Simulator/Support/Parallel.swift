import Dispatch
import Synchronization

/// Makes many values at once on all cores, in order.
enum Parallel {
    /// Returns `make(0)` to `make(count - 1)`; throws the first error by position.
    static func map<Value: Sendable>(
        _ count: Int,
        _ make: @Sendable (Int) throws(SimulatorError) -> Value
    ) throws(SimulatorError) -> [Value] {
        let made = Mutex([Result<Value, SimulatorError>?](repeating: nil, count: count))
        DispatchQueue.concurrentPerform(iterations: count) { at in
            let result = Result { () throws(SimulatorError) in try make(at) }
            made.withLock { $0[at] = result }
        }
        var values: [Value] = []
        values.reserveCapacity(count)
        for result in made.withLock({ $0 }) {
            if let result { values.append(try result.get()) }
        }
        return values
    }
}
