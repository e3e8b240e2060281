package import Encoding
package import JOSE

/// Writes the result of one request (docs/FORMATS.md, "Result"): outcome, HTTP answer to replay, response, findings, evidence.
package struct ResultDocument {
    package var source: ResultSource
    package var reference: ByteSlice?
    /// Lower-case hex SHA-256 of the request.
    package var requestSHA256: String
    package var outcome: Outcome
    package var findings: [Finding]
    package var evidence: ResultEvidence
    /// Present for records of a migration.
    package var migration: MigrationRecord?
    /// What the bank's systems must do besides answering.
    package var instructions: [ResultInstruction] = []

    package init(
        source: ResultSource,
        reference: ByteSlice?,
        requestSHA256: String,
        outcome: Outcome,
        findings: [Finding],
        evidence: ResultEvidence
    ) {
        self.source = source
        self.reference = reference
        self.requestSHA256 = requestSHA256
        self.outcome = outcome
        self.findings = findings
        self.evidence = evidence
    }

    /// Writes the document as one line without a line end; `answer` is what the gateway replays to the TPP.
    ///
    /// Its body is sealed where there is a recipient; when that fails, what is in the buffer is no document.
    package func write(
        to buffer: ByteBuffer,
        answer: ResultAnswer,
        sealedTo recipient: JWERecipient? = nil
    ) throws(SealingFault) {
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("v", 1 as Int64)
        if let reference {
            json.member("ref", reference)
        } else {
            json.name("ref")
            json.null()
        }
        json.name("source")
        json.beginObject()
        json.member("file", source.file)
        if let line = source.line { json.member("line", Int64(line)) }
        json.endObject()
        json.member("request_sha256", requestSHA256)
        json.member("outcome", outcome.rawValue)
        try answer.write(to: &json, sealedTo: recipient)
        json.name("findings")
        json.beginArray()
        for finding in findings { Self.write(finding, to: &json) }
        json.endArray()
        if !instructions.isEmpty {
            json.name("instructions")
            json.beginArray()
            for instruction in instructions { instruction.write(to: &json) }
            json.endArray()
        }
        migration?.write(snapshot: evidence.snapshot, to: &json)
        evidence.write(to: &json)
        json.endObject()
    }

    /// The evidence in the text of a result that `write` wrote, where it is the last member: an object as JSON text.
    package static func evidence(in text: ByteSlice) -> ByteSlice? {
        let name: StaticString = ",\"evidence\":"
        var end = text.count
        while let brace = text.lastIndex(of: UInt8(ascii: "{"), before: end) {
            let start = brace - name.utf8CodeUnitCount
            guard start >= 0 else { return nil }
            // Inside of a string the quotation marks are escaped, so that nothing else reads like the name.
            if text[start..<brace].equals(name) { return text[brace..<text.count - 1] }
            end = brace
        }
        return nil
    }

    /// Writes one finding as an object.
    package static func write(_ finding: Finding, to json: inout JSONWriter) {
        json.beginObject()
        json.member("rule", finding.rule.name)
        json.member("severity", finding.severity.rawValue)
        if let code = finding.code { json.member("code", code.rawValue) }
        json.member("source", finding.source)
        json.member("message", finding.message)
        if let value = finding.value { json.member("value", value) }
        json.member("remedy", finding.remedy)
        json.endObject()
    }
}
