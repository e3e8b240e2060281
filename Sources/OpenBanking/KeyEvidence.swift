package import Encoding

/// The key that a signature of a migrated registration rests on, and why it was good at its time.
package struct KeyEvidence: Sendable, Equatable {
    /// Between which moments a key appeared in its set and left it, as far as fetches tell; nil where nothing tells.
    package struct Interval: Sendable, Equatable {
        package var fromLow: UnixTime?
        package var fromHigh: UnixTime?
        package var toLow: UnixTime?
        package var toHigh: UnixTime?

        package init(
            fromLow: UnixTime? = nil,
            fromHigh: UnixTime? = nil,
            toLow: UnixTime? = nil,
            toHigh: UnixTime? = nil
        ) {
            (self.fromLow, self.fromHigh, self.toLow, self.toHigh) = (fromLow, fromHigh, toLow, toHigh)
        }
    }

    /// What the key signed: `software_statement`, `request`, or `transport` for the key of the certificate.
    package var role: String
    /// The URL of the set that listed it.
    package var source: String
    package var keyID: String
    /// Lower-case hex SHA-256 of its SubjectPublicKeyInfo.
    package var spkiSHA256: String
    /// Where the key is in its life now, in one word.
    package var state: String
    package var interval: Interval
    /// The time it was judged by, where that was not the present.
    package var evidenceTime: UnixTime?
    /// What an operator should know of it although it was good, such as that it was superseded later.
    package var flag: String?

    package init(
        role: String,
        source: String,
        keyID: String,
        spkiSHA256: String,
        state: String,
        interval: Interval = Interval(),
        evidenceTime: UnixTime? = nil,
        flag: String? = nil
    ) {
        self.role = role
        self.source = source
        self.keyID = keyID
        self.spkiSHA256 = spkiSHA256
        self.state = state
        self.interval = interval
        self.evidenceTime = evidenceTime
        self.flag = flag
    }

    func write(snapshot: Int, to json: inout JSONWriter) {
        json.beginObject()
        json.member("role", role)
        json.member("source", source)
        json.member("kid", keyID)
        json.member("spki_sha256", spkiSHA256)
        json.member("state", state)
        json.name("interval")
        json.beginObject()
        if let time = interval.fromLow { json.member("from_low", time) }
        if let time = interval.fromHigh { json.member("from_high", time) }
        if let time = interval.toLow { json.member("to_low", time) }
        if let time = interval.toHigh { json.member("to_high", time) }
        json.endObject()
        if let evidenceTime {
            json.name("evidence")
            json.beginObject()
            json.member("kind", "existing.registered_at")
            json.member("at", evidenceTime)
            json.endObject()
        }
        if let flag { json.member("flag", flag) }
        json.member("snapshot", Int64(snapshot))
        json.endObject()
    }
}
