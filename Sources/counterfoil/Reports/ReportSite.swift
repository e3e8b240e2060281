import Crypto
import Encoding
import Glibc
import Ledger
import OpenBanking
import Operations
import Report

/// What a site says in each of its reports.
struct ReportSite {
    private let site: Site

    init(_ site: Site) { self.site = site }

    func facts(_ subject: String) -> ReportFacts {
        let configuration = site.configuration
        var facts = ReportFacts(
            subject: subject,
            environment: configuration.environment.rawValue,
            writtenAt: Clock.system.now()
        )
        if configuration.refresh.mode == .online {
            facts.keyLimit = configuration.refresh.classes.directory.unusableAfter.seconds
        }
        facts.overrides = configuration.policy.overrides.map {
            ReportFacts.Override(rule: $0.rule.name, severity: $0.severity.rawValue)
        }
        facts.policyDigest = SHA256Digest.of(EffectiveConfiguration(configuration).text).hex
        facts.host = Self.host
        facts.versions = [("counterfoil", Version.number), ("openssl", CryptoLibrary.version)]
        do throws(LedgerError) { facts.versions.append(("sqlite", try LedgerLibrary.version())) } catch {
            // Its version is a nicety; a ledger that cannot be had is told of where it is needed.
        }
        facts.words = { name in RuleID(name: name).flatMap { RuleEntry.of($0)?.statement } }
        return facts
    }

    private static var host: String? {
        var buffer = [CChar](repeating: 0, count: 256)
        return unsafe buffer.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress, unsafe gethostname(base, buffer.count - 1) == 0 else { return nil }
            return unsafe String(cString: base)
        }
    }
}
