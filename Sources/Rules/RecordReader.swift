import Encoding
import OpenBanking
import PKIX

/// Reads what was delivered into the evidence: a record's members, or a bare request with its certificate (rules ).
struct RecordReader {
    let evidence: Evidence
    private var document: JSONDocument { evidence.recordDocument }

    func read(_ content: Delivery.Content) {
        switch content {
        case .bare(let request, let certificate):
            evidence.requestText = request.trimmedASCIIWhitespace
            evidence.certificateText = certificate
            evidence.reached.formUnion([.record, .dynamic, .certificateNeeded])
        case .record(let text): readRecord(text)
        case .unreadable(let why): evidence.recordFault = Fault(why)
        }
    }

    private func readRecord(_ text: ByteSlice) {
        do throws(JSONError) {
            try document.parse(text)
        } catch {
            evidence.recordFault = Fault("the record is not strict JSON: \(error)")
            return
        }
        guard document.root.kind == .object else {
            evidence.recordFault = Fault("the record is not a JSON object")
            return
        }
        evidence.record.read(document.root)
        readOperation()
        readChannel()
        readContext()
        readMigration()
        if evidence.recordFault == nil { readSubject() }
    }

    private func readOperation() {
        guard let value = evidence.record[.operation] else { return }
        guard let text = value.text, let operation = Operation(rawValue: text.string) else {
            return refuse("operation must be register, update, delete or read", value)
        }
        evidence.operation = operation
    }

    private func readChannel() {
        guard let value = evidence.record[.channel] else { return }
        guard let text = value.text, let channel = Channel(rawValue: text.string) else {
            return refuse("channel must be dcr or mcr", value)
        }
        evidence.channel = channel
    }

    private func readContext() {
        let record = evidence.record
        evidence.reference = record[.reference]?.text
        evidence.contentType = record[.contentType]?.text
        if let value = record[.version], value.integer != 1 { refuse("v must be 1", value) }
        if let value = record[.nonce], value.text == nil, !value.isNull { refuse("nonce must be a string", value) }
        if let value = record[.reference], value.text == nil, !value.isNull { refuse("ref must be a string", value) }
        if let value = record[.receivedAt], !value.isNull {
            evidence.receivedAt = value.text.flatMap { Timestamp.parse($0) }
            if evidence.receivedAt == nil {
                refuse("received_at must be a time such as 2026-11-22T10:00:00Z", value)
            }
        }
        if let value = record[.environment], !value.isNull,
            value.text.flatMap({ DirectoryEnvironment(rawValue: $0.string) }) == nil
        {
            refuse("environment must be production or sandbox", value)
        }
        if let value = record[.possession], !value.isNull {
            guard let text = value.text, let possession = TLSPossession(rawValue: text.string) else {
                return refuse("tls_possession must be attested or unproven", value)
            }
            evidence.possession = possession
        }
        if let value = record[.certificate], !value.isNull {
            guard let text = value.text else { return refuse("transport_certificate must be a PEM string", value) }
            evidence.certificateText = text
        }
        if let value = record[.clientID], !value.isNull {
            guard let text = value.text else { return refuse("client_id must be a string", value) }
            evidence.clientID = text
        }
    }

    private func readMigration() {
        guard let value = evidence.record[.existing], !value.isNull else { return }
        guard evidence.mode == .migration else {
            return refuse("existing is for the records of a migration batch only", nil)
        }
        guard evidence.operation == .register else {
            return refuse("existing is for records that register", nil)
        }
        switch ExistingReader.read(value, now: evidence.now + evidence.policy.clockSkew) {
        case .success(let existing): evidence.existing = existing
        case .failure(let fault): refuse(fault.message, nil)
        }
    }

    private func readSubject() {
        if evidence.channel == .mcr, evidence.operation == .register || evidence.operation == .update {
            evidence.statementText = evidence.record[.softwareStatement]?.text
            guard evidence.statementText != nil else {
                return refuse("an mcr record must carry software_statement", nil)
            }
            return evidence.reached.formUnion([.record, .manual])
        }
        if let value = evidence.record[.request], !value.isNull {
            guard let text = value.text else { return refuse("request must be a string", value) }
            evidence.requestText = text.trimmedASCIIWhitespace
        }
        switch evidence.operation {
        case .register, .update:
            guard evidence.requestText != nil else { return refuse("a dcr record must carry request", nil) }
            evidence.reached.formUnion([.record, .dynamic, .certificateNeeded])
        case .delete, .read:
            guard evidence.clientID != nil else {
                return refuse("a \(evidence.operation.rawValue) record must carry client_id", nil)
            }
            evidence.reached.formUnion([.record, .certificateNeeded])
        }
    }

    private func refuse(_ message: String, _ value: JSONValue?) {
        guard evidence.recordFault == nil else { return }
        evidence.recordFault = value?.text.map { Fault(message, $0) } ?? Fault(message)
    }
}
