import Crypto
import Encoding
import PKIX
import Testing

/// What lists say once they are trusted, and which one counts.
extension RevocationListTests {
    @Test func anOlderListNeverTakesTheNewersPlace() throws {
        let held = try RevocationList.decode(try Self.list(number: 7))
        let same = try RevocationList.decode(try Self.list(number: 7))
        let newer = try RevocationList.decode(try Self.list(number: 8, at: Self.now + 1))
        let older = try RevocationList.decode(try Self.list(number: 6, at: Self.now + 1))
        let earlier = try RevocationList.decode(try Self.list(number: 8, at: Self.now - 1))
        let verdicts = [same, newer, older, earlier].map {
            $0.mayReplace(number: held.number, thisUpdate: held.thisUpdate)
        }
        #expect(verdicts == [true, true, false, false])
    }

    @Test func scopesAreKept() throws {
        let scope = DER.sequence(
            DER.element(0xA0, DER.element(0xA0, DER.element(0x86, Array("http://x/a.crl".utf8)))),
            DER.element(0x81, [0xFF])
        )
        let list = try RevocationList.decode(
            try Self.list { $0.extra = [ExtensionTemplate(OID.issuingDistributionPoint, critical: true, scope)] }
        )
        #expect(list.scope.subjects == .users)
        #expect(list.scope.names == [DER.element(0x86, Array("http://x/a.crl".utf8))])
        let named = try Certificate.decode(try TestAuthority.leaf { $0.crlDistributionPoints = ["http://x/a.crl"] })
        let unnamed = try Certificate.decode(try TestAuthority.leaf())
        #expect(list.covers(named))
        #expect(!list.covers(unnamed))
        #expect(list.state(of: unnamed, at: Self.now) == .unknown)
    }

    @Test func oddSerialsArePassedOver() throws {
        let odd = DER.sequence(
            DER.sequence(DER.integer([0]), DER.utcTime("260101000000Z")),
            DER.sequence(DER.integer([0x80]), DER.utcTime("260101000000Z")),
            DER.sequence(DER.integer([9]), DER.utcTime("260101000000Z"))
        )
        let list = try RevocationList.decode(try Self.raw(entries: odd))
        #expect(list.oddEntries == 2)
        #expect(list.serials.count == 1)
    }

    @Test func listsOfManyIssuersAreFoundByName() throws {
        let issuing = try RevocationList.decode(
            try Self.list { $0.entries = [.init(serial: [0x59, 0xC7], at: Self.now)] }
        )
        let stale = try RevocationList.decode(try Self.list(number: 6))
        let root = try RevocationList.decode(
            try Self.list(by: TestAuthority.rootKey) { template in
                template.issuer = TestAuthority.rootName
                template.entries = [.init(serial: [2], at: Self.now - 5, reason: 2)]
            }
        )
        let lists = RevocationLists([stale, issuing, root])
        #expect(lists.issuerCount == 2)
        let anchors = try TestAuthority.anchors()
        let vetted = try anchors.vet(try TestAuthority.leaf())
        #expect(vetted.revocation == .unknown)
        let revised = vetted.revised(with: lists, anchors: anchors, at: Self.now)
        #expect(revised.revocation == .revoked(at: Self.now, reason: .unspecified))
        #expect(revised.issuerRevocation == .revoked(at: Self.now - 5, reason: .authorityCompromise))
        let other = try anchors.vet(try TestAuthority.leaf { $0.serial = [9] }).revised(
            with: lists,
            anchors: anchors,
            at: Self.now
        )
        #expect(other.revocation(at: issuing.nextUpdate) == .good(until: issuing.nextUpdate))
        #expect(other.revocation(at: issuing.nextUpdate + 1) == .stale(since: issuing.nextUpdate))
        #expect(lists.state(of: anchors.directory[0], at: Self.now) == .good(until: .max))
    }

    @Test("100,000 entries") func manyEntries() throws {
        var entries: [CRLTemplate.Entry] = []
        for value in 1...100_000 as ClosedRange<UInt32> {
            let mixed = value &* 2_654_435_761
            entries.append(
                .init(serial: (0..<4).map { UInt8(truncatingIfNeeded: mixed >> (24 - 8 * $0)) }, at: Self.now)
            )
        }
        let list = try RevocationList.decode(try Self.list { $0.entries = entries })
        try list.verify(signedBy: try Certificate.decode(try TestAuthority.issuing()))
        #expect(list.serials.count == 100_000)
        var found = 0
        for entry in entries where list.serials[SerialNumber([0] + entry.serial)!] != nil { found += 1 }
        #expect(found == 100_000)
        #expect(list.serials[SerialNumber([0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF])!] == nil)
        var previous = SerialNumber.zero
        var isAscending = true
        list.serials.forEach { serial, _ in
            isAscending = isAscending && previous < serial
            previous = serial
        }
        #expect(isAscending)
    }
}
