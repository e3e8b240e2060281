import Crypto
import GRDB
import JOSE

/// The rows of `key`: a key's SubjectPublicKeyInfo under its digest, once however often it is listed.
enum KeyMaterialTable {
    static func keep(_ db: Database, _ key: VerificationKey) throws {
        try Prepared.run(
            db,
            sql: "INSERT INTO key(spki_sha256, thumbprint, spki) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            arguments: [
                Blob(key.key.spkiSHA256.bytes), Blob(key.thumbprint.bytes), Blob(key.key.spki),
            ]
        )
    }
}
