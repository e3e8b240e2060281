import Crypto
import Encoding
import JOSE
import PKIX

@testable import KeyCache

/// All that a verdict can ask of a snapshot, as text: two snapshots that judge alike have the same portrait.
enum Portrait {
    static func of(_ snapshot: Snapshot, at time: UnixTime, strangers: [[UInt8]] = []) -> [String] {
        var lines = ["state \(snapshot.state.generation) \(snapshot.state.pulse)"]
        for entry in snapshot.entries.values.sorted(by: { $0.id < $1.id }) {
            let set = entry.set
            lines.append("\(set.url) \(set.class) \(set.fetchedAt) \(set.freshUntil) \(set.usableUntil)")
            for (key, standing) in zip(set.keys, set.standings) {
                let kid = key.kid.map { String(decoding: $0, as: UTF8.self) } ?? "-"
                lines.append("  \(kid) \(key.thumbprint.hex) \(key.use) \(standing)")
                guard let print = key.certificateFingerprint, let known = snapshot.certificate(print) else { continue }
                lines.append("  \(print.hex) \(known.chainRecord) \(known.revocation) \(known.issuerRevocation)")
            }
        }
        for status in snapshot.listStatuses {
            lines.append("list \(status.url) \(status.entries) \(status.nextUpdate ?? 0) \(status.state(at: time))")
        }
        for loaded in snapshot.loadedLists { lines.append("list \(loaded.list.fingerprint.hex)") }
        let (organisation, software) = (ByteSlice("org"), ByteSlice("soft"))
        for letter in "ABCDEFGH" {
            let spki = World.spki(letter)
            let byKey = snapshot.revokedAt(spki: spki, organisation: organisation, software: software)
            let kid = ByteSlice(String(letter))
            let byKid = snapshot.revokedAt(kid: kid, organisation: organisation, software: software)
            lines.append("revoked \(letter) \(byKey ?? 0) \(byKid ?? 0)")
        }
        for der in strangers {
            guard let vetted = try? snapshot.vet(der, now: time) else { continue }
            lines.append("stranger \(vetted.chainRecord.isTrusted) \(vetted.revocation)")
        }
        return lines
    }
}
