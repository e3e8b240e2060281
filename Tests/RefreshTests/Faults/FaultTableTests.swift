import Testing

/// That no fault and no edge case of the lists is without a test.
@Suite("The list of faults")
struct FaultTableTests {
    @Test("each fault from F01 to F47 has a test that is named by it")
    func complete() throws {
        let files = [
            "ConnectionFaultTests", "TLSFaultTests", "AnswerFaultTests", "FreshnessFaultTests", "BodyFaultTests",
            "KeyFaultTests", "ShrinkFaultTests", "ListFaultTests", "ClockFaultTests", "DiskFaultTests",
        ]
        let text = try files.map { try PackageFolder.text("Tests/RefreshTests/Faults/\($0).swift") }.joined()
        for number in 1...47 {
            let id = number < 10 ? "F0\(number)" : "F\(number)"
            #expect(text.contains("\"\(id) ") || text.contains(", \(id) "), "\(id)")
        }
    }

    @Test("each edge case from C01 to C30 has a test that is named by it")
    func edgeCases() throws {
        let files = [
            "RefreshTests/Faults/EdgeCaseTests", "RefreshTests/Faults/FreshnessFaultTests",
            "RefreshTests/Faults/BodyFaultTests", "RefreshTests/Faults/KeyFaultTests",
            "KeyCacheTests/EdgeCaseTests", "KeyCacheTests/ForcedBudgetTests",
        ]
        let names = try files.map { try PackageFolder.text("Tests/\($0).swift") }.joined()
            .split(separator: "\n").filter { !$0.contains("///") }.joined(separator: "\n")
        for number in 1...30 {
            let id = number < 10 ? "C0\(number)" : "C\(number)"
            #expect(["\"\(id) ", "(\(id)", ", \(id))"].contains { names.contains($0) }, "\(id)")
        }
    }
}
