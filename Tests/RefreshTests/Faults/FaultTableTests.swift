import Testing

/// That no fault of the list is without a test.
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
}
