import Crypto
import Encoding
import Ledger
import Operations

/// The file that appears last: what the export holds, each file with its size and digest.
struct ExportManifest {
    let order: ExportOrder
    let journal: ExportJournal
    let tally: ExportTally

    /// Lets the manifest appear; its digest.
    func write(_ folder: ExportFolder, _ name: String) throws(ExportError) -> SHA256Digest {
        let buffer = ByteBuffer(capacity: 4096)
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("v", 1)
        json.member("format", order.format.rawValue)
        json.member("after", order.after)
        json.member("through", journal.through)
        json.name("only")
        json.beginObject()
        if let id = order.filter.organisationID { json.member("org_id", id) }
        if let id = order.filter.softwareID { json.member("software_id", id) }
        if let time = order.filter.changedSince { json.member("since", Timestamp.rfc3339(time)) }
        json.endObject()
        json.member("secrets", order.hasSecrets)
        json.member("statements", order.hasStatements)
        json.member("skips_secret_clients", order.skipsSecretClients)
        json.member("begun_at", Timestamp.rfc3339(journal.madeAt))
        json.member("clients", tally.clients)
        json.member("deleted", tally.deleted)
        json.member("withheld", tally.withheldCount)
        json.name("withheld_by_reason")
        json.beginObject()
        for (reason, count) in tally.withheld.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            json.name(reason.rawValue)
            json.integer(count)
        }
        json.endObject()
        json.name("files")
        json.beginArray()
        for file in journal.steps.flatMap(\.files) { file.write(to: &json) }
        json.endArray()
        json.endObject()
        buffer.append(UInt8(ascii: "\n"))
        let file = try folder.file(name, isSecret: false)
        try ExportFolder.lifting { () throws(OutputFault) in
            try file.append(buffer.all)
            try file.finish()
        }
        return SHA256Digest.of(buffer.all)
    }
}
