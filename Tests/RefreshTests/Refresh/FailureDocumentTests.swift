import Fetch
import Glibc
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
}
