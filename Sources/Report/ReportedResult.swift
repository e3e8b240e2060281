package import Encoding
package import OpenBanking

/// What a report takes from one result; of its response nothing but names, so that no secret comes near it.
package struct ReportedResult: Sendable, Equatable {
    /// One finding, as it was written.
    package struct Finding: Sendable, Equatable {
        package var rule: String
        package var severity: String
        package var message: String
        package var value: String?
        package var remedy: String
        package var source: String

        package init(
            rule: String,
            severity: String,
            message: String,
            value: String?,
            remedy: String,
            source: String
        ) {
            (self.rule, self.severity, self.message) = (rule, severity, message)
            (self.value, self.remedy, self.source) = (value, remedy, source)
        }
    }

    package var file: String
    package var line: Int?
    package var reference: String?
    package var requestSHA256: String
    package var outcome: Outcome
    package var status: Int?
    /// The error code the TPP is answered with.
    package var code: String?
    package var clientID: String?
    package var clientName: String?
    package var softwareID: String?
    package var organisationID: String?
    package var organisationName: String?
    package var findings: [Finding]
    package var relaxations: [String]
    package var overrides: [String]
    package var environment: String?
    package var snapshot: Int
    package var keysFetchedAt: UnixTime?
    package var decidedAt: UnixTime

    /// A result of which little is known yet; what is left out is set afterwards.
    package init(
        file: String,
        line: Int?,
        requestSHA256: String,
        outcome: Outcome,
        snapshot: Int,
        decidedAt: UnixTime
    ) {
        (self.file, self.line, self.requestSHA256) = (file, line, requestSHA256)
        (self.outcome, self.snapshot, self.decidedAt) = (outcome, snapshot, decidedAt)
        (findings, relaxations, overrides) = ([], [], [])
    }

    /// Reads a result; nil for JSON that is none.
    package init?(_ root: JSONValue) {
        guard root.kind == .object, let digest = root["request_sha256"]?.text?.string,
            let outcome = root["outcome"]?.text.flatMap({ Outcome(rawValue: $0.string) }),
            let evidence = root["evidence"], let findings = root["findings"]
        else { return nil }
        (requestSHA256, self.outcome) = (digest, outcome)
        file = root["source"]?["file"]?.text?.string ?? ""
        line = root["source"]?["line"]?.integer.map { Int($0) }
        reference = root["ref"]?.text?.string
        status = root["http"]?["status"]?.integer.map { Int($0) }
        let response = root["response"]
        code = response?["error"]?.text?.string
        clientID = (response?["client_id"] ?? root["duplicate_of"]?["client_id"])?.text?.string
        clientName = (response?["client_name"] ?? response?["software_client_name"])?.text?.string
        softwareID = (response?["software_id"] ?? evidence["software_id"])?.text?.string
        organisationID = (response?["org_id"] ?? evidence["org_id"])?.text?.string
        organisationName = response?["org_name"]?.text?.string
        self.findings = findings.elements.map { finding in
            Finding(
                rule: finding["rule"]?.text?.string ?? "",
                severity: finding["severity"]?.text?.string ?? "",
                message: finding["message"]?.text?.string ?? "",
                value: finding["value"]?.text?.string,
                remedy: finding["remedy"]?.text?.string ?? "",
                source: finding["source"]?.text?.string ?? ""
            )
        }
        relaxations = root["relaxations"]?.elements.compactMap { $0["rule"]?.text?.string } ?? []
        overrides = evidence["overrides"]?.elements.compactMap { $0.text?.string } ?? []
        environment = evidence["environment"]?.text?.string
        snapshot = Int(evidence["snapshot"]?.integer ?? 0)
        keysFetchedAt = evidence["keys_fetched_at"]?.integer
        decidedAt = evidence["decided_at"]?.integer ?? 0
    }

    /// The finding that decided the outcome: R-146 before all others, then the first of its severity.
    package var deciding: Finding? {
        let severity = outcome == .deferred ? "deferral" : "error"
        let candidates = findings.filter { $0.severity == severity }
        return candidates.first { $0.rule == "R-146" } ?? candidates.first
    }
}
