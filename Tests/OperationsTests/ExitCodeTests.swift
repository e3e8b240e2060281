import Glibc
import Operations
import Testing

@Suite("Exit codes")
struct ExitCodeTests {
    @Test("are the published numbers, each with a meaning")
    func numbers() {
        #expect(ExitCode.allCases.map(\.rawValue) == [0, 1, 2, 3, 4, 5, 10, 11, 64, 75, 78, 130, 143])
        #expect(Set(ExitCode.allCases.map(\.meaning)).count == ExitCode.allCases.count)
        #expect(ExitCode.allCases.allSatisfy { !$0.advice.isEmpty })
    }

    @Test("of a pass")
    func pass() {
        #expect(ExitCode.ofPass(malformed: 0, deferred: 0, rejected: 3, taken: 9) == .done)
        #expect(ExitCode.ofPass(malformed: 0, deferred: 0, rejected: 0, taken: 0) == .done)
        #expect(ExitCode.ofPass(malformed: 1, deferred: 0, rejected: 0, taken: 9) == .partial)
        #expect(ExitCode.ofPass(malformed: 0, deferred: 1, rejected: 3, taken: 9, failOnRejected: true) == .partial)
        #expect(ExitCode.ofPass(malformed: 0, deferred: 0, rejected: 1, taken: 9, failOnRejected: true) == .rejections)
        #expect(ExitCode.ofPass(malformed: 0, deferred: 0, rejected: 0, taken: 0, failIfIdle: true) == .idle)
        #expect(ExitCode.ofPass(malformed: 0, deferred: 9, rejected: 0, taken: 9, keysUsable: false) == .refused)
    }

    @Test("of a refresh")
    func refresh() {
        #expect(ExitCode.ofRefresh(due: 0, failed: 0, changed: 0) == .done)
        #expect(ExitCode.ofRefresh(due: 9, failed: 4, changed: 1) == .partial)
        #expect(ExitCode.ofRefresh(due: 9, failed: 9, changed: 0) == .refused)
        #expect(ExitCode.ofRefresh(due: 9, failed: 0, changed: 0, failIfIdle: true) == .idle)
    }

    @Test(
        "of a system error",
        arguments: [(ENOSPC, ExitCode.temporary), (EROFS, .temporary), (EACCES, .temporary), (EBADF, .unexpected)]
    )
    func system(_ number: Int32, _ code: ExitCode) {
        #expect(ExitCode.ofSystemError(number) == code)
    }

    @Test(
        "of status --check",
        arguments: [(Health.ok, 0), (.warning, 1), (.critical, 2), (.unknown, 3)] as [(Health, Int32)]
    )
    func check(_ health: Health, _ code: Int32) {
        #expect(health.checkCode == code)
    }
}
