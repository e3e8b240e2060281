import Encoding
import OpenBanking
import Operations
import Rules

/// An explanation as people read it: the verdict, what speaks against it, the keys it rests on, what to do.
enum ExplanationScreen {
    /// `isVerbose` also names each rule that holds and each that was not reached.
    static func text(_ explanation: Explanation, isVerbose: Bool) -> String {
        var lines = [head(explanation)]
        for finding in explanation.verdict.findings { lines += text(finding) }
        if isVerbose { lines += explanation.passed.map { "  \($0.name) pass   \(RuleEntry.of($0)?.statement ?? "")" } }
        lines.append("  \(sums(explanation))")
        lines += notReached(explanation)
        lines += evidence(explanation)
        lines.append("What to do: \(explanation.remedy)")
        lines += notice(explanation)
        return lines.joined(separator: "\n") + "\n"
    }

    private static func head(_ explanation: Explanation) -> String {
        let code = explanation.verdict.primary?.code.map { "   \($0.rawValue)" } ?? ""
        let moment = Timestamp.rfc3339(explanation.now)
        return
            "\(Printable.text(explanation.file, limit: 400))   \(explanation.verdict.outcome.rawValue.uppercased())\(code)"
            + "   (policy \(explanation.profile), keys as of snapshot \(explanation.snapshot), at \(moment))"
    }

    private static func text(_ finding: Finding) -> [String] {
        let word =
            switch finding.severity {
            case .error: "FAIL"
            case .deferral: "WAIT"
            case .warning: "warn"
            case .info, .off: "note"
            }
        let value = finding.value.map { ": \($0)" } ?? ""
        return [
            "  \(finding.rule.name) \(word)   \(finding.message)\(value)",
            "               rule    \(RuleEntry.of(finding.rule)?.statement ?? "")",
            "               source  \(finding.source)",
            "               remedy  \(finding.remedy)",
        ]
    }

    private static func sums(_ explanation: Explanation) -> String {
        let findings = explanation.verdict.findings
        let words: [(Int, String)] = [
            (explanation.passed.count, "passed"), (findings.count { $0.severity == .error }, "failed"),
            (findings.count { $0.severity == .deferral }, "waiting for keys"),
            (findings.count { $0.severity == .warning || $0.severity == .info }, "noted"),
            (explanation.verdict.notReached.count, "not reached"),
        ]
        return words.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }

    private static func notReached(_ explanation: Explanation) -> [String] {
        explanation.unreached.map { "  not reached, \($0.reason): \($0.names)" }
    }

    /// What the support desk can send on, where the TPP has something to mend.
    private static func notice(_ explanation: Explanation) -> [String] {
        guard let finding = explanation.verdict.primary, let code = finding.code else { return [] }
        let value = finding.value.map { ": \($0)" } ?? ""
        return TPPNotice.lines(
            code: code.rawValue,
            rule: finding.rule.name,
            message: finding.message + value,
            source: finding.source,
            remedy: finding.remedy
        )
    }

    private static func evidence(_ explanation: Explanation) -> [String] {
        var table = TextTable(columns: [.left, .left], indent: 2)
        table.add(["request", "sha256 \(explanation.digest)"])
        if let software = explanation.softwareID {
            table.add(["software", "\(software) of organisation \(explanation.organisationID ?? "(none)")"])
        }
        for key in explanation.keys { table.add([key.role, words(key, explanation.now)]) }
        if let certificate = explanation.certificate {
            table.add(["certificate", "sha256 \(certificate.fingerprint)"])
            table.add(["", certificate.subject])
            let window = "\(Timestamp.day(certificate.notBefore)) to \(Timestamp.day(certificate.notAfter))"
            table.add(["", "\(certificate.profile), valid \(window), \(certificate.chain)"])
            let age = certificate.fetchedAt.map { ", fetched \(Age.relative($0, now: explanation.now))" } ?? ""
            table.add(["", certificate.listing + age])
            table.add(["", certificate.revocation])
        }
        for relaxation in explanation.verdict.relaxations {
            let time = Timestamp.rfc3339(relaxation.evidenceTime)
            table.add(["relaxed", "\(relaxation.rule.name) as of \(time): \(relaxation.message)"])
        }
        table.add(["ledger", explanation.ledger])
        return table.text.split(separator: "\n").map(String.init)
    }

    private static func words(_ key: ExplainedKey, _ now: UnixTime) -> String {
        guard let fetchedAt = key.fetchedAt else { return "kid \(key.kid), of a set that is not in the cache" }
        let age = "set fetched \(Age.relative(fetchedAt, now: now)), \(key.freshness ?? "")"
        guard key.isKnown else { return "kid \(key.kid), not in its set (\(age))" }
        return "kid \(key.kid), signature \(key.hasVerified ? "good" : "not verified") (\(age))"
    }
}
