import Encoding
import JOSE
import Rules

/// The time of every look-up of some verdicts, taken where it happens: with the memory as cold or warm as a verdict
/// leaves it; one thread's.
final class LookUpTimes: @unchecked Sendable {
    /// Seconds of each look-up, a row for each round.
    private var rounds: [[Double]] = []
    private var current: [Double] = []
    private var kids: [ByteSlice?] = []
    private var asked = 0

    /// Whether it measures nothing, at the same places: what reading the clock takes there.
    private let isEmpty: Bool

    init(isEmpty: Bool = false) { self.isEmpty = isEmpty }

    /// How many look-ups a round has.
    var count: Int { rounds.first?.count ?? 0 }

    /// Ends a round.
    func endRound() {
        rounds.append(current)
        current.removeAll(keepingCapacity: true)
        asked = 0
    }

    /// Seconds of a round: of each look-up the median of all rounds but the first, so that what interrupted one does not
    /// count.
    func seconds() -> Double {
        (0..<count).reduce(0) { sum, place in
            let all = rounds.dropFirst().map { $0[place] }.sorted()
            return sum + all[all.count / 2]
        }
    }

    /// A view that measures what it is asked.
    func measuring(_ trust: TrustView) -> TrustView {
        var measured = trust
        measured.keySet = { [self] url in
            // The rules look the kid up themselves where a signature is to be verified: done here first, it counts here.
            guard let kid = kid(trust, url) else { return time { trust.keySet(url) } }
            return time {
                let set = trust.keySet(url)
                _ = set?.candidates(kid: kid).first
                return set
            }
        }
        measured.revokedKeyID = { [self] kid, organisation, software in
            time { trust.revokedKeyID(kid, organisation, software) }
        }
        measured.revokedKey = { [self] key, organisation, software in
            time { trust.revokedKey(key, organisation, software) }
        }
        measured.revokedCertificate = { [self] certificate, organisation, software in
            time { trust.revokedCertificate(certificate, organisation, software) }
        }
        measured.certificate = { [self] fingerprint in time { trust.certificate(fingerprint) } }
        return measured
    }

    /// The kid to look up in the set of the look-up at hand, found in the first round and the same in all others.
    private func kid(_ trust: TrustView, _ url: ByteSlice) -> ByteSlice? {
        if rounds.isEmpty {
            let set = trust.keySet(url)
            let verifies = set?.class == .directory || set?.class == .software
            let kid = verifies ? set?.keys.first?.kid.map { ByteSlice($0) } : nil
            // One copy of each: in a verdict its bytes lie in the request, which was read just before.
            kids.append(kid.map { kid in kids.lazy.compactMap(\.self).first { $0 == kid } ?? kid })
        }
        asked += 1
        return kids[asked - 1]
    }

    private func time<R>(_ body: () -> R) -> R {
        let start = Meter.wall
        if isEmpty {
            current.append(Meter.wall - start)
            return body()
        }
        let found = body()
        current.append(Meter.wall - start)
        return found
    }
}
