import Crypto
import Encoding
import Glibc
import Ledger

/// The audit line of an export: who took which clients out, and whether with secrets.
enum ExportAudit {
    static func line(_ record: ExportRecord, _ tally: ExportTally, _ manifest: SHA256Digest) -> String {
        let buffer = ByteBuffer(capacity: 512)
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("event", "export.made")
        json.member("format", record.format)
        json.member("after", record.after)
        json.member("through", record.through)
        json.member("clients", record.clients)
        json.member("deleted", record.deleted)
        json.member("withheld", record.withheld)
        json.member("secrets", record.hasSecrets)
        json.member("manifest", tally.manifest)
        json.member("manifest_sha256", manifest.hex)
        json.member("uid", Int64(getuid()))
        json.endObject()
        return buffer.all.string
    }
}
