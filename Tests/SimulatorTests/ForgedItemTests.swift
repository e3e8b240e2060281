import JOSE
import OpenBanking
import Rules
import Simulator
import Testing

@Suite("Forged items, judged by the rules")
struct ForgedItemTests {
    @Test("a good registration is accepted in every manner, of all software", arguments: RegistrationManner.allCases)
    func goodOnes(_ manner: RegistrationManner) throws {
        for directory in [try Directories.sandbox.get(), try Directories.production.get()] {
            let forge = RequestForge(directory)
            let bank = Bank(forge)
            let keys = try PublishedKeys(directory, at: forge.now)
            for software in directory.software {
                let item = try forge.item(of: software, manner, number: software.index)
                let verdict = bank.judge(item, keys)
                #expect(verdict.outcome == .accepted, "\(software.profile) \(Self.text(verdict))")
                // A sandbox identifier in hexadecimal passes the 128 characters of DCR 3.3, which is a warning.
                let others = verdict.findings.filter { manner != .subjectByHex || $0.rule != .subjectDNForm }
                #expect(others.isEmpty, "\(Self.text(verdict))")
            }
        }
    }

    @Test(
        "every fault breaks its rule and ends as expected, of all software that can show it",
        arguments: ForgedFault.allCases
    )
    func faults(_ fault: ForgedFault) throws {
        let directory = try Directories.sandbox.get()
        let forge = RequestForge(directory)
        let bank = Bank(forge)
        let keys = try PublishedKeys(directory, at: forge.now)
        let everyone = directory.software
        let fit = everyone.filter { fault.suits($0, among: everyone) }
        #expect(!fit.isEmpty)
        for software in fit {
            let item = try forge.item(fault, of: software, number: software.index)
            let verdict = bank.judge(item, keys)
            let expected = item.expectation
            #expect(verdict.outcome == expected.outcome, "\(Self.text(verdict))")
            #expect(verdict.findings.contains { $0.rule == expected.rule }, "\(Self.text(verdict))")
            if let code = expected.code { #expect(verdict.primary?.code == code, "\(Self.text(verdict))") }
        }
    }

    @Test("a bare request is judged as its record is")
    func singles() throws {
        let directory = try Directories.sandbox.get()
        let forge = RequestForge(directory)
        let bank = Bank(forge)
        let keys = try PublishedKeys(directory, at: forge.now)
        for fault in ForgedFault.allCases where !fault.isManual {
            let item = try forge.item(fault, number: 3)
            #expect(bank.judgeBare(item, keys)?.outcome == item.expectation.outcome, "\(fault)")
        }
    }

    @Test("what waited for the directory's rotation is accepted after it")
    func directoryRotation() throws {
        let directory = try SimulatedDirectory(DirectoryPlan(now: Directories.now))
        let forge = RequestForge(directory)
        let item = try forge.item(.unknownDirectoryKey)
        let bank = Bank(forge)
        #expect(bank.judge(item, try PublishedKeys(directory, at: forge.now)).outcome == .deferred)
        try directory.rotateDirectoryKey()
        let keys = try PublishedKeys(directory, at: forge.now)
        #expect(bank.judge(item, keys).outcome == .accepted)
        #expect(bank.judge(try forge.item(of: directory.software[0]), keys).outcome == .accepted)
        #expect(keys.sets[directory.directoryURL]?.keys.count == 2)
        try directory.rotateDirectoryKey(keepOld: false)
        let later = try PublishedKeys(directory, at: forge.now)
        #expect(later.sets[directory.directoryURL]?.keys.count == 1)
        #expect(bank.judge(item, later).outcome == .deferred)
    }

    @Test("what waited for a software's rotation is accepted after it, and rejected once the key is revoked")
    func softwareRotation() throws {
        let directory = try SimulatedDirectory(DirectoryPlan(now: Directories.now))
        let forge = RequestForge(directory)
        let bank = Bank(forge)
        let software = directory.software[0]
        let waiting = try forge.item(.unpublishedSoftwareKey, of: software)
        #expect(bank.judge(waiting, try PublishedKeys(directory, at: forge.now)).outcome == .deferred)
        try directory.rotateSoftwareKey(software.id, keepOld: false)
        #expect(bank.judge(waiting, try PublishedKeys(directory, at: forge.now)).outcome == .accepted)
        try directory.revokeSoftwareKey(software.id)
        let verdict = bank.judge(waiting, try PublishedKeys(directory, at: forge.now))
        #expect(verdict.outcome == .rejected)
        #expect(verdict.primary?.rule == .requestKeyNotRevoked)
        let renewed = try forge.item(of: directory.software[0], number: 9)
        #expect(bank.judge(renewed, try PublishedKeys(directory, at: forge.now)).outcome == .accepted)
        #expect(throws: SimulatorError.unknownSoftware("nobody")) { try directory.revokeSoftwareKey("nobody") }
    }

    @Test("a fault nobody can show is refused")
    func unsuited() throws {
        var plan = DirectoryPlan(now: Directories.now)
        (plan.profiles, plan.organisations, plan.softwarePerOrganisation, plan.keyPool) = (.obwac, 1, 1, 2)
        let forge = RequestForge(try SimulatedDirectory(plan))
        #expect(throws: SimulatorError.unsuited(.foreignSoftwareName)) { try forge.item(.foreignSoftwareName) }
    }

    private static func text(_ verdict: Verdict) -> String {
        verdict.findings.map { "\($0.rule.name) \($0.severity) \($0.message)" }.joined(separator: "; ")
    }
}
