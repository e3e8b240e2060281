import Encoding
import Ledger

/// One step of an export: a file of clients and, where some are left out, a file that says which and why.
final class ExportStep {
    private let folder: ExportFolder
    private let order: ExportOrder
    private let names: ExportNames
    private let number: Int
    private let main: ExportChunk
    private var left: ExportChunk?
    private var withheld: [WithheldReason: Int] = [:]
    private var seen = 0

    init(
        _ folder: ExportFolder,
        _ order: ExportOrder,
        _ names: ExportNames,
        _ state: ClientFilter.State,
        number: Int
    ) throws(ExportError) {
        (self.folder, self.order, self.names, self.number) = (folder, order, names, number)
        if state == .registered {
            let frame = order.format.frame(isIncremental: order.after >= 0, withSecrets: order.hasSecrets)
            main = try ExportChunk(folder, names.clients(number), .clients, frame, isSecret: order.hasSecrets)
        } else {
            main = try ExportChunk(folder, names.deleted(number), .deleted, ExportChunk.Frame(), isSecret: false)
        }
    }

    /// Whether the file has as many records as it may, or so many clients were looked at that it is time to write down
    /// how far the export is.
    var isFull: Bool { main.records >= order.chunk || seen >= max(order.chunk * 4, 10_000) }

    func skip() { seen += 1 }

    func add(_ client: ExportedClient) throws(ExportError) {
        seen += 1
        try main.add { buffer in order.format.write(client, withSecrets: order.hasSecrets, to: buffer) }
    }

    func add(deleted client: ClientRecord) throws(ExportError) {
        seen += 1
        try main.add { buffer in
            var json = JSONWriter(buffer)
            json.beginObject()
            json.member("client_id", client.clientID)
            json.member("deleted_at", client.deletedAt.map { Timestamp.rfc3339($0) })
            json.endObject()
        }
    }

    func add(withheld client: ClientRecord, _ reason: WithheldReason) throws(ExportError) {
        seen += 1
        withheld[reason, default: 0] += 1
        let chunk: ExportChunk
        if let left {
            chunk = left
        } else {
            chunk = try ExportChunk(folder, names.withheld(number), .withheld, ExportChunk.Frame(), isSecret: false)
            left = chunk
        }
        try chunk.add { buffer in
            var json = JSONWriter(buffer)
            json.beginObject()
            json.member("client_id", client.clientID)
            json.member("software_id", client.softwareID)
            json.member("org_id", client.organisationID)
            json.member("token_endpoint_auth_method", client.authenticationMethod)
            json.member("reason", reason.rawValue)
            json.member("remedy", reason.explanation.remedy)
            json.endObject()
        }
    }

    /// Lets the files appear that have something in them.
    func finish() throws(ExportError) -> (files: [ExportedFile], withheld: [WithheldReason: Int]) {
        var files: [ExportedFile] = []
        if main.records > 0 { files.append(try main.finish()) }
        if let left { files.append(try left.finish()) }
        return (files, withheld)
    }
}
