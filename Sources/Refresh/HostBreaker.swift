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
        var sources: Set<Int> = []
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

    /// Records a failure that speaks about the host; true when it puts the host to rest.
    package mutating func fail(_ host: String, source: Int, now: Int64) -> Bool {
        var state = states[host] ?? State()
        defer { states[host] = state }
        state.failures += 1
        state.sources.insert(source)
        let wasResting = state.restsUntil != nil
        guard state.isProbing || (state.failures >= Self.failureLimit && state.sources.count >= Self.sourceLimit) else {
            return false
        }
        state.isProbing = false
        state.restsUntil = now + Self.restMilliseconds
        return !wasResting
    }

    /// Records an answer of any use: the host is alive.
    package mutating func succeed(_ host: String) { states[host] = nil }
}
