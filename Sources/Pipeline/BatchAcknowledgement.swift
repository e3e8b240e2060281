import Crypto
import Encoding
import Ledger
import OpenBanking
import Rules
import Spool

/// Answers a batch with a manifest at once, as a whole: taken with what it held, or refused and why.
///
/// An acknowledgement appears with the commit that opens its batch, a refusal before the batch is set aside; each
/// request's own answer comes later, the summary last (docs/FORMATS.md, "Acknowledgement").
struct BatchAcknowledgement {
    let context: PassContext
    /// The group the batch was taken in.
    let taken: String
    let file: TakenFile
    let identity: BatchIdentity

    private var acknowledgement: String { SpoolLayout.batchAcknowledgement(stem: file.stem, h16: identity.h16) }

    /// Stages the acknowledgement inside the transaction that opens the batch, and enters it to appear.
    func stage(in group: LedgerGroup) throws(PipelineError) {
        guard let manifest = identity.manifest else { return }
        let text = write(accepted: true) { json in
            json.member("mode", manifest.mode.rawValue)
        }
        try stage(acknowledgement, text, in: group)
    }

    /// Lets it appear once the batch is opened.
    func publish() throws(PipelineError) {
        guard identity.manifest != nil else { return }
        try context.publish([(acknowledgement, acknowledgement)])
    }

    /// Tells the sender that the batch is refused as a whole; the same batch with the same manifest is told once a day.
    func refuse(_ reason: FailureReason, _ detail: String) throws(PipelineError) {
        guard let control = identity.control else { return }
        let both = SHA256Digest.of(identity.sha256.bytes + control.manifestSHA256.bytes)
        let name = SpoolLayout.batchRefusal(stem: file.stem, h16: String(both.hex.prefix(16)))
        let known = try context.lifting { () throws(SpoolError) in
            try context.spool.readResult(name, day: context.day, into: ByteBuffer())
        }
        guard known == nil else { return }
        let text = write(accepted: false) { json in
            json.member("reason", reason.rawValue)
            json.member("detail", detail)
        }
        try context.commit(taken) { group throws(PipelineError) in try stage(name, text, in: group) }
        try context.publish([(name, name)])
    }

    private func stage(_ name: String, _ text: ByteSlice, in group: LedgerGroup) throws(PipelineError) {
        let path = SpoolLayout.resultPath(day: context.day, name: name)
        let entry = OutboxEntry(stagedName: name, resultName: path, sha256: .of(text))
        try group.lifting { group throws(LedgerError) in try group.add(entry) }
        try context.lifting { () throws(SpoolError) in
            try context.spool.removeStaged(name)
            try context.spool.stage(name, text)
            try context.spool.synchronize()
        }
    }

    private func write(accepted: Bool, _ rest: (inout JSONWriter) -> Void) -> ByteSlice {
        let buffer = ByteBuffer(capacity: 512)
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("v", 1 as Int64)
        json.member("file", file.name)
        json.member("accepted", accepted)
        json.member("sha256", identity.sha256.hex)
        json.member("bytes", Int64(file.size))
        json.member("records", Int64(identity.lines))
        if let total = identity.control?.hashTotal { json.member("hash_total", total) }
        if let id = identity.control?.batchID { json.member("batch_id", id) }
        rest(&json)
        json.member("taken_at", context.now)
        json.endObject()
        buffer.append(UInt8(ascii: "\n"))
        return buffer.all
    }
}
