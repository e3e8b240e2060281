import Encoding

/// What the result of a migrated record says beside everything a result says: what it kept, on which keys it rests and
/// which rules were judged as of the registration (docs/FORMATS.md, "Migration").
package struct MigrationRecord {
    /// The client that was brought, where the record brought one.
    package var existing: ExistingClient?
    /// Whether the client is kept: its method has a secret, so that the hash is worth repeating.
    package var keepsSecret: Bool
    package var relaxations: [Relaxation]
    package var keys: [KeyEvidence]

    package init(existing: ExistingClient?, keepsSecret: Bool, relaxations: [Relaxation], keys: [KeyEvidence]) {
        self.existing = existing
        self.keepsSecret = keepsSecret
        self.relaxations = relaxations
        self.keys = keys
    }

    func write(snapshot: Int, to json: inout JSONWriter) {
        if let existing {
            json.name("existing")
            json.beginObject()
            json.member("client_id", existing.clientID)
            if let hash = existing.secretHash, keepsSecret { json.member("client_secret_hash", hash) }
            if let time = existing.registeredAt { json.member("registered_at", time) }
            json.endObject()
        }
        json.name("relaxations")
        json.beginArray()
        for relaxation in relaxations { relaxation.write(to: &json) }
        json.endArray()
        json.name("key_evidence")
        json.beginArray()
        for key in keys { key.write(snapshot: snapshot, to: &json) }
        json.endArray()
    }
}
