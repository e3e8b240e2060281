/// Rests a host that keeps failing, so that a dead one does not eat a pass.
///
/// Opens after five straight failures over at least three sources, for sixty seconds; then one probe decides.
/// Times are milliseconds of a monotonic clock.
package struct HostBreaker: Sendable {
    package static let failureLimit = 5
    package static let sourceLimit = 3
    package static let restMilliseconds: Int64 = 60_000

    private struct State: Sendable {
        var failures = 0
        var sources: Set<Int64> = []
        var restsUntil: Int64?
        var isProbing = false
    }

    private var states: [String: State] = [:]

    package init() {}

    /// True when a request to `host` may start at `now`; after a rest it is a probe, and the only one.
    package mutating func admits(_ host: String, now: Int64) -> Bool {
        guard var state = states[host], let restsUntil = state.restsUntil else { return true }
        guard now >= restsUntil, !state.isProbing else { return false }
        state.isProbing = true
        states[host] = state
        return true
    }

    /// Records a failure that speaks about the host.
    ///
    /// `source` is any number that stands for the source.
    package mutating func fail(_ host: String, source: Int64, now: Int64) {
        var state = states[host] ?? State()
        defer { states[host] = state }
        state.failures += 1
        state.sources.insert(source)
        let isMuch = state.failures >= Self.failureLimit && state.sources.count >= Self.sourceLimit
        guard state.isProbing || isMuch else { return }
        state.isProbing = false
        state.restsUntil = now + Self.restMilliseconds
    }

    /// Forgets a probe that was started and then called off.
    package mutating func callOff(_ host: String) { states[host]?.isProbing = false }

    /// Records an answer of any use: the host is alive.
    package mutating func succeed(_ host: String) { states[host] = nil }
}
