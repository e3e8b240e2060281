import Encoding
import JOSE
import KeyCache
import OpenBanking
import Pipeline
import Rules
import Simulator

/// Judges good records from memory on one thread, against any view of the keys.
final class Judge {
    private let examiner: Examiner
    private let lines: [ByteSlice]
    private let now: UnixTime

    /// A judge of `count` good records.
    init(_ place: Place, count: Int) throws {
        let plan = place.plan
        examiner = Examiner(policy: plan.policy, book: plan.book, indexes: plan.indexes)
        now = place.directory.plan.now
        lines = try Campaign(place.forge, count: count).items.map { ByteSlice($0.line) }
    }

    var count: Int { lines.count }

    /// Judges each once; the number of those accepted.
    func round(_ trust: TrustView) -> Int {
        lines.count { line in
            examiner.examine(Delivery(.record(line), arrivedAt: now), now: now, trust: trust).outcome == .accepted
        }
    }
}

/// Every look-up of some verdicts, to be made again without the verdicts; one thread's.
final class LookUpTape: @unchecked Sendable {
    private var calls: [() -> Void] = []

    /// How many there are.
    var count: Int { calls.count }

    /// Makes them again.
    func replay() { for call in calls { call() } }

    /// A view that writes its look-ups down.
    func recording(_ trust: TrustView) -> TrustView {
        var taped = trust
        taped.keySet = { [self] url in
            let set = trust.keySet(url)
            let (url, kid) = (ByteSlice(url.bytes), ByteSlice(set?.keys.first?.kid ?? []))
            // Only the directory's keys and the software's verify a signature; of the others the state is asked.
            if set?.class == .directory || set?.class == .software {
                calls.append { _ = trust.keySet(url)?.candidates(kid: kid).first }
            } else {
                calls.append { _ = trust.keySet(url)?.usableUntil }
            }
            return set
        }
        taped.revokedKeyID = { [self] kid, organisation, software in
            let copies = (
                ByteSlice(kid.bytes), organisation.map { ByteSlice($0.bytes) }, software.map { ByteSlice($0.bytes) }
            )
            calls.append { _ = trust.revokedKeyID(copies.0, copies.1, copies.2) }
            return trust.revokedKeyID(kid, organisation, software)
        }
        taped.revokedKey = { [self] key, organisation, software in
            let copies = (organisation.map { ByteSlice($0.bytes) }, software.map { ByteSlice($0.bytes) })
            calls.append { _ = trust.revokedKey(key, copies.0, copies.1) }
            return trust.revokedKey(key, organisation, software)
        }
        taped.revokedCertificate = { [self] certificate, organisation, software in
            let copies = (organisation.map { ByteSlice($0.bytes) }, software.map { ByteSlice($0.bytes) })
            calls.append { _ = trust.revokedCertificate(certificate, copies.0, copies.1) }
            return trust.revokedCertificate(certificate, organisation, software)
        }
        taped.certificate = { [self] fingerprint in
            calls.append { _ = trust.certificate(fingerprint) }
            return trust.certificate(fingerprint)
        }
        return taped
    }
}
