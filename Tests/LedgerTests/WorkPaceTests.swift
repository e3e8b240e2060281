import Testing

@testable import Ledger

@Suite("Ledger: pace")
struct WorkPaceTests {
    @Test("samples stay few, keep their order, and end with the last")
    func bounded() {
        var pace = WorkPace()
        for step in 1...100_000 { pace.add(answered: step * 3, at: Int64(step)) }
        #expect(pace.samples.count <= 128 && pace.samples.count >= 60)
        #expect(pace.samples.last == WorkPace.Sample(milliseconds: 100_000, answered: 300_000))
        #expect(zip(pace.samples, pace.samples.dropFirst()).allSatisfy { $0.milliseconds < $1.milliseconds })
    }

    @Test("what is kept comes back and goes on")
    func kept() {
        var pace = WorkPace()
        for step in 1...1_000 { pace.add(answered: step, at: Int64(step * 2)) }
        var again = WorkPace(text: pace.text)
        #expect(again == pace)
        pace.add(answered: 1_001, at: 2_002)
        again.add(answered: 1_001, at: 2_002)
        #expect(again == pace)
        #expect(WorkPace(text: "") == WorkPace() && WorkPace(text: "1 x 3") == WorkPace())
        #expect(WorkPace().text.isEmpty)
    }

    @Test("a clock or a count that goes back does not")
    func monotonic() {
        var pace = WorkPace()
        pace.add(answered: 10, at: 100)
        pace.add(answered: 5, at: 50)
        #expect(pace.samples.last == WorkPace.Sample(milliseconds: 100, answered: 10))
    }
}
