import Crypto
import Encoding
import KeyCache
import Operations

/// What bundles are trusted by, as text and as JSON.
enum TrustScreen {
    static func text(_ rows: [TrustRow], _ bundle: BundleRecord?, _ configured: String, now: UnixTime) -> String {
        var lines: [String] = []
        let pinned = rows.first { $0.role == .pin }?.sha256.hex
        lines.append("pin         \(pinned ?? (configured.isEmpty ? "none" : "\(configured) (configuration)"))")
        for row in rows where row.role == .root { lines.append("root \(row.version)      \(row.sha256.hex)") }
        if let bundle {
            lines.append("bundle      \(bundle.repository) v\(bundle.version), \(age(bundle, now: now))")
            let (made, imported) = (Timestamp.rfc3339(bundle.created), Timestamp.rfc3339(bundle.recordedAt))
            lines.append("made        \(made), imported \(imported)")
            lines.append("signed by   \(bundle.signers.joined(separator: " "))")
            if let word = bundle.word {
                let (by, why) = (Printable.text(word.by), Printable.text(word.why))
                lines.append("extended    until \(Timestamp.rfc3339(bundle.usableUntil)) by \(by): \(why)")
            }
        } else {
            lines.append("bundle      none imported yet")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// How old a bundle is in its own life.
    static func age(_ bundle: BundleRecord, now: UnixTime) -> String {
        let end = "\(Age.relative(bundle.usableUntil, now: now)) (\(Timestamp.rfc3339(bundle.usableUntil)))"
        switch bundle.state(at: now) {
        case .fresh: return "expires \(end)"
        case .stale: return "past half of its life, expires \(end)"
        case .unusable, .never: return "expired \(end): new work waits"
        }
    }

    static func json(_ rows: [TrustRow], _ bundle: BundleRecord?, _ configured: String) -> ByteBuffer {
        let buffer = ByteBuffer()
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("v", 1)
        json.member("type", "bundle_trust")
        json.member("pin", rows.first { $0.role == .pin }?.sha256.hex ?? (configured.isEmpty ? nil : configured))
        json.name("trusted")
        json.beginArray()
        for row in rows where row.role != .pin {
            json.beginObject()
            json.member("role", row.role.rawValue)
            json.member("version", row.version)
            json.member("sha256", row.sha256.hex)
            json.endObject()
        }
        json.endArray()
        json.name("bundle")
        if let bundle { BundleJSON.write(bundle, &json) } else { json.null() }
        json.endObject()
        return buffer
    }
}
