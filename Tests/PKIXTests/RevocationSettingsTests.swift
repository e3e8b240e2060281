import Crypto
import Encoding
import Testing

@testable import PKIX

/// How lists are combined: lists of some reasons always, deltas and lists by another key only where settings of a
/// suite say so.
@Suite struct RevocationSettingsTests {
    static let now = RevocationListTests.now
    static let deltas = RevocationSettings(takesDeltas: true, takesOtherKeys: false)

    static func point(_ extra: [UInt8]...) -> ExtensionTemplate {
        ExtensionTemplate(OID.issuingDistributionPoint, critical: true, DER.element(0x30, extra.flatMap { $0 }))
    }

    /// Key and authority compromise; then everything else.
    static let compromise = point(DER.element(0x83, [5, 0x60]))
    static let otherReasons = point(DER.element(0x83, [7, 0x1F, 0x80]))

    static func list(
        number: UInt64 = 7,
        base: UInt8? = nil,
        reason: UInt8? = nil,
        isRevoked: Bool = false,
        _ scope: ExtensionTemplate? = nil,
        nextUpdate: UnixTime = now + 100
    ) throws -> RevocationList {
        let der = try RevocationListTests.list(number: number, at: now - 50, nextUpdate: nextUpdate) { template in
            if isRevoked || reason != nil {
                template.entries = [.init(serial: [0x59, 0xC7], at: now - 10, reason: reason)]
            }
            template.extra = [scope].compactMap { $0 }
            if let base {
                template.extra.append(ExtensionTemplate(OID.deltaCRLIndicator, critical: true, DER.integer([base])))
            }
        }
        return try RevocationList.decode(der, settings: deltas)
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        let state: RevocationState
        let lists: @Sendable () throws -> [RevocationList]
        init(_ name: String, _ state: RevocationState, _ lists: @escaping @Sendable () throws -> [RevocationList]) {
            (self.name, self.state, self.lists) = (name, state, lists)
        }
        var testDescription: String { name }
    }

    static let good = RevocationState.good(until: now + 100)

    @Test(
        "lists of some reasons count together",
        arguments: [
            Row("all reasons covered by two", good) { [try list(compromise), try list(otherReasons)] },
            Row("some reasons covered by none", .unknown) { [try list(compromise)] },
            Row("revoked on the first", .revoked(at: now - 10, reason: .keyCompromise)) {
                [try list(reason: 1, compromise), try list(otherReasons)]
            },
            Row("revoked on the second", .revoked(at: now - 10, reason: .superseded)) {
                [try list(number: 9, compromise), try list(reason: 4, otherReasons)]
            },
            Row("revoked on the only one", .revoked(at: now - 10, reason: .keyCompromise)) {
                [try list(reason: 1, compromise)]
            },
            Row("one of them out of date", .stale(since: now - 1)) {
                [try list(compromise), try list(otherReasons, nextUpdate: now - 1)]
            },
            Row("a newer list for the same reasons replaces the older", good) {
                [try list(number: 3, isRevoked: true), try list(number: 4)]
            },
        ]
    )
    func reasons(_ row: Row) throws {
        let leaf = try Certificate.decode(try TestAuthority.leaf())
        #expect(RevocationLists(try row.lists()).state(of: leaf, at: Self.now) == row.state)
    }

    @Test(
        "a delta amends its base",
        arguments: [
            Row("revoked since", .revoked(at: now - 10, reason: .keyCompromise)) {
                [try list(number: 1), try list(number: 5, base: 1, reason: 1)]
            },
            Row("taken off the list", good) {
                [try list(number: 1, reason: 6), try list(number: 5, base: 1, reason: 8)]
            },
            Row("unchanged", .revoked(at: now - 10, reason: .superseded)) {
                [try list(number: 1, reason: 4), try list(number: 5, base: 1)]
            },
            Row("of a later base", good) { [try list(number: 1), try list(number: 5, base: 2, reason: 1)] },
            Row("older than its base", good) { [try list(number: 5), try list(number: 4, base: 1, reason: 1)] },
            Row("without a base", .unknown) { [try list(number: 5, base: 1)] },
            Row("out of date", .stale(since: now - 1)) {
                [try list(number: 1), try list(number: 5, base: 1, nextUpdate: now - 1)]
            },
        ]
    )
    func deltas(_ row: Row) throws {
        let leaf = try Certificate.decode(try TestAuthority.leaf())
        #expect(RevocationLists(try row.lists(), settings: Self.deltas).state(of: leaf, at: Self.now) == row.state)
    }

    @Test("the product reads no delta, and would not use one") func deltasAreNotTaken() throws {
        let delta = try Self.list(number: 5, base: 1, reason: 1)
        #expect(RevocationLists([delta]).issuerCount == 0)
        let der = try RevocationListTests.list {
            $0.extra = [ExtensionTemplate(OID.deltaCRLIndicator, critical: true, DER.integer([1]))]
        }
        #expect(throws: RevocationFault.delta) { try RevocationList.decode(der) }
        #expect(RevocationSettings.standard == RevocationSettings(takesDeltas: false, takesOtherKeys: false))
        #expect(ChainSettings.standard.policies == nil)
    }

    @Test("a list by another key of the issuer says nothing in the product") func otherKeys() throws {
        let list = try Self.list(isRevoked: true)
        let leaf = try Certificate.decode(try TestAuthority.leaf(by: TestAuthority.otherKey))
        #expect(RevocationLists([list]).state(of: leaf, at: Self.now) == .unknown)
        let lenient = RevocationLists([list], settings: RevocationSettings(takesOtherKeys: true))
        #expect(lenient.state(of: leaf, at: Self.now) == .revoked(at: Self.now - 10, reason: .unspecified))
    }

    @Test("an authority that another authority of its name issued is no root: its list is asked")
    func selfIssuedIsNotRoot() throws {
        let rolled = try Certificate.decode(
            try TestAuthority.issuing(by: TestAuthority.otherKey) { $0.issuer = TestAuthority.issuingName }
        )
        #expect(rolled.isSelfIssued)
        #expect(RevocationLists().state(of: rolled, at: Self.now) == .unknown)
        let root = try Certificate.decode(try TestAuthority.root())
        #expect(RevocationLists().state(of: root, at: Self.now) == .good(until: .max))
    }

    @Test("names of points are compared whole: URIs, names, and names below the issuer's") func names() throws {
        let issuer = try Certificate.decode(try TestAuthority.issuing()).subjectDER
        var reader = DERReader(issuer)
        let parts = reader.copy(try reader.next(DERTag.sequence).content)
        let last = DER.set(DER.sequence(DER.oid(OID.commonName), DER.printable("List 1")))
        let full = DER.element(0xA4, DER.sequence(parts, last))
        let relative = DER.element(0xA1, DER.sequence(DER.oid(OID.commonName), DER.printable("List 1")))
        let other = DER.element(0xA1, DER.sequence(DER.oid(OID.commonName), DER.printable("List 2")))
        let wrapped = DER.element(0xA0, full)
        for (listed, named, covers) in [
            (relative, relative, true), (wrapped, wrapped, true), (wrapped, relative, true), (relative, wrapped, true),
            (relative, other, false), (wrapped, other, false),
        ] {
            let points = DER.sequence(DER.sequence(DER.element(0xA0, named)))
            let leaf = try Certificate.decode(
                try TestAuthority.leaf { $0.extra = [ExtensionTemplate(OID.crlDistributionPoints, points)] }
            )
            let list = try Self.list(Self.point(DER.element(0xA0, listed)))
            #expect(list.covers(leaf) == covers)
        }
    }
}
