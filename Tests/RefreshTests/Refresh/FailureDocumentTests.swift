import Fetch
import Glibc
import JOSE
import KeyCache
import PKIX
import Testing

@testable import Refresh

@Suite("The names of failures")
struct FailureDocumentTests {
    @Test("docs/FAILURES.md is what the code says")
    func document() throws {
        if getenv("COUNTERFOIL_WRITE_EXAMPLE") != nil {
            try PackageFolder.write(FailureDocument.text, to: "docs/FAILURES.md")
        }
        #expect(try PackageFolder.text("docs/FAILURES.md") == FailureDocument.text)
    }

    @Test("mean something and say what to do", arguments: FetchFailureKind.allCases)
    func words(_ kind: FetchFailureKind) {
        #expect(!kind.meaning.isEmpty && !kind.meaning.hasSuffix("."))
        #expect(kind.remedy.hasSuffix(".") && kind.remedy.first?.isLowercase == false)
        #expect(FetchFailureKind.allCases.count { $0.meaning == kind.meaning } == 1)
    }

    @Test("of bodies mean something and say what to do", arguments: BodyFailureKind.allCases)
    func bodyWords(_ kind: BodyFailureKind) {
        #expect(!kind.meaning.isEmpty && !kind.meaning.hasSuffix("."))
        #expect(kind.remedy.first?.isLowercase == false)
        #expect(BodyFailureKind.allCases.count { $0.meaning == kind.meaning } == 1)
    }

    @Test("are a closed list: no code leads out of it")
    func closed() {
        #expect(Set(FailureName.all).count == FailureName.all.count)
        for code in ["timeout", "jwks.json", "held.fleet", "crl_older", "copy_older"] {
            #expect(FailureName(code: code).text == code)
        }
        #expect(FailureName(code: "status_503").text == "status")
        for code in ["status_", "status_abc", "status_503\n", "", "made-up"] {
            #expect(FailureName(code: code) == .unknown, "\(code)")
        }
    }

    @Test("label the counter of failures, statuses by their first digit, and nothing else does")
    func labels() {
        for name in FailureName.all where name.text != FetchFailureKind.status.rawValue {
            #expect(RefreshCounts.family(name.text) == name.text)
        }
        #expect(RefreshCounts.family("status_503") == "status_5xx")
        #expect(RefreshCounts.family("status_404") == "status_4xx")
        #expect(RefreshCounts.family("status_0") == "status")
        for code in ["status_abc", "status_5\n", "\" 1} 2", "made-up", ""] {
            #expect(RefreshCounts.family(code) == FailureName.unknown.text)
        }
    }

    @Test("of key sets are those JOSE gives")
    func sets() {
        for fault in [
            JWKSetFault.tooLarge(bytes: 2, limit: 1), .notUTF8, .notObject, .noKeys, .tooManyKeys(2, limit: 1),
        ] { #expect(BodyFailureKind(fault).rawValue == fault.code) }
    }

    @Test("of lists are those PKIX gives, and one for whatever is no list")
    func lists() {
        let faults: [RevocationFault] = [
            .tooLarge(limit: 1), .version, .algorithmMismatch, .nextUpdateMissing, .validityReversed, .numberMissing,
            .numberInvalid, .duplicateExtension(""), .delta, .indirect, .partial, .unknownCritical(""),
            .unknownCriticalEntry(""), .malformedExtension(""), .notIssuer, .issuerMayNotSign, .weakSignature(""),
            .issuerKey, .signature,
        ]
        for fault in faults { #expect(BodyFailureKind(fault).rawValue == fault.code) }
    }
}
