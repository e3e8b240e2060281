package import Encoding

/// What a verdict rests on: the keys, the certificate, the snapshot and the times (rule R-160).
package struct ResultEvidence {
    package var directoryKeyID: ByteSlice?
    package var requestKeyID: ByteSlice?
    /// Lower-case hex SHA-256 of the presented certificate's DER.
    package var certificateSHA256: String?
    package var snapshot: Int
    /// How often the cache had been written to; with the generation it names the very state.
    package var cacheState: Int?
    /// The environment of the verified software statement, and so of the credentials.
    package var environment: DirectoryEnvironment?
    /// Whose registration it is, by the verified software statement.
    package var softwareID: ByteSlice?
    package var organisationID: ByteSlice?
    /// When the software's (or else the directory's) key set was last fetched.
    package var keysFetchedAt: UnixTime?
    /// When the directory's key set was last fetched, where the software's was used too.
    package var directoryKeysFetchedAt: UnixTime?
    /// When the gateway received the request, where its times were judged by that.
    package var receivedAt: UnixTime?
    package var decidedAt: UnixTime
    package var arrivedAt: UnixTime
    package var possession: TLSPossession
    /// Rules whose severity the bank changed and that spoke here.
    package var overrides: [RuleID]

    package init(snapshot: Int, decidedAt: UnixTime, arrivedAt: UnixTime, possession: TLSPossession) {
        self.snapshot = snapshot
        self.decidedAt = decidedAt
        self.arrivedAt = arrivedAt
        self.possession = possession
        overrides = []
    }

    func write(to json: inout JSONWriter) {
        json.name("evidence")
        writeObject(to: &json)
    }

    /// Writes it as an object, as it stands in a result.
    package func writeObject(to json: inout JSONWriter) {
        json.beginObject()
        if let directoryKeyID { json.member("directory_kid", directoryKeyID) }
        if let requestKeyID { json.member("request_kid", requestKeyID) }
        if let certificateSHA256 { json.member("certificate_sha256", certificateSHA256) }
        if let environment { json.member("environment", environment.rawValue) }
        if let softwareID { json.member("software_id", softwareID) }
        if let organisationID { json.member("org_id", organisationID) }
        json.member("snapshot", Int64(snapshot))
        if let cacheState { json.member("cache_state", Int64(cacheState)) }
        if let keysFetchedAt { json.member("keys_fetched_at", keysFetchedAt) }
        if let directoryKeysFetchedAt { json.member("directory_keys_fetched_at", directoryKeysFetchedAt) }
        json.member("arrived_at", arrivedAt)
        if let receivedAt { json.member("received_at", receivedAt) }
        json.member("decided_at", decidedAt)
        json.member("tls_possession", possession.rawValue)
        if !overrides.isEmpty {
            json.name("overrides")
            json.beginArray()
            for rule in overrides { json.string(rule.name) }
            json.endArray()
        }
        json.endObject()
    }
}
