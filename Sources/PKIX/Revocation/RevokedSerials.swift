package import Encoding

/// The serials of a revocation list, sorted, with when and why each was revoked.
///
/// Three flat arrays searched by halving: a look-up among 100,000 reads 17 places.
package struct RevokedSerials: Sendable {
    /// One revoked certificate.
    package struct Entry: Equatable, Sendable {
        package let revokedAt: UnixTime
        package let reason: RevocationReason
    }

    private let serials: [SerialNumber]
    private let times: [UnixTime]
    private let reasons: [RevocationReason]

    init(_ entries: [(serial: SerialNumber, revokedAt: UnixTime, reason: RevocationReason)]) {
        var sorted = entries
        let isSorted = zip(sorted, sorted.dropFirst()).allSatisfy { $0.serial <= $1.serial }
        if !isSorted { sorted.sort { $0.serial == $1.serial ? $0.revokedAt < $1.revokedAt : $0.serial < $1.serial } }
        serials = sorted.map(\.serial)
        times = sorted.map(\.revokedAt)
        reasons = sorted.map(\.reason)
    }

    /// How many serials there are.
    package var count: Int { serials.count }

    /// The entry of `serial`, nil when it is not revoked.
    package subscript(_ serial: SerialNumber) -> Entry? {
        var (low, high) = (0, serials.count)
        while low < high {
            let middle = (low + high) / 2
            if serials[middle] < serial { low = middle + 1 } else { high = middle }
        }
        guard low < serials.count, serials[low] == serial else { return nil }
        return Entry(revokedAt: times[low], reason: reasons[low])
    }

    /// Calls `body` for each serial in ascending order.
    package func forEach(_ body: (SerialNumber, Entry) -> Void) {
        for index in serials.indices { body(serials[index], Entry(revokedAt: times[index], reason: reasons[index])) }
    }
}
