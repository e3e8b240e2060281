import PKIX
import Testing

@Suite struct QCStatementsTests {
    static let web = DER.sequence(DER.oid(OID.qcType), DER.sequence(DER.oid(OID.qcTypeWeb)))
    static let names = [DER.utf8("Financial Conduct Authority"), DER.utf8("GB-FCA")]

    static func pair(_ role: PSD2Role) -> [UInt8] { DER.oid(role.rawValue) + DER.utf8(role.name) }

    static func psd2(_ roles: [UInt8]..., names: [[UInt8]] = names) -> [UInt8] {
        DER.sequence(DER.oid(OID.psd2), DER.sequence(DER.element(0x30, roles.flatMap { $0 }), names.flatMap { $0 }))
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        let der: [UInt8]
        let roles: [PSD2Role]?
        var isFlattened = false
        var types: Set<QCStatements.Kind> = [.web]
        var hasCompliance = false
        var unknown: [String] = []
        var testDescription: String { name }
    }

    @Test(
        "reads",
        arguments: [
            Row(
                name: "one role",
                der: DER.sequence(web, psd2(DER.sequence(pair(.accountInformation)))),
                roles: [.accountInformation]
            ),
            Row(
                name: "roles nested as ETSI says",
                der: DER.sequence(
                    web,
                    psd2(DER.sequence(pair(.paymentInitiation)), DER.sequence(pair(.accountInformation)))
                ),
                roles: [.paymentInitiation, .accountInformation]
            ),
            Row(
                name: "roles flattened into one, as in 2019",
                der: DER.sequence(
                    web,
                    psd2(DER.sequence(pair(.paymentInitiation), pair(.accountInformation), pair(.cardBasedInstruments)))
                ),
                roles: [.paymentInitiation, .accountInformation, .cardBasedInstruments],
                isFlattened: true
            ),
            Row(
                name: "nested and flattened mixed",
                der: DER.sequence(
                    web,
                    psd2(
                        DER.sequence(pair(.accountServicing)),
                        DER.sequence(pair(.paymentInitiation), pair(.accountInformation))
                    )
                ),
                roles: [.accountServicing, .paymentInitiation, .accountInformation],
                isFlattened: true
            ),
            Row(
                name: "a role twice",
                der: DER.sequence(
                    web,
                    psd2(DER.sequence(pair(.accountInformation)), DER.sequence(pair(.accountInformation)))
                ),
                roles: [.accountInformation]
            ),
            Row(name: "no role", der: DER.sequence(web, psd2()), roles: []),
            Row(
                name: "a statement not understood, with and without content",
                der: DER.sequence(
                    DER.sequence(
                        DER.oid("0.4.0.1862.1.5"),
                        DER.sequence(DER.sequence(DER.ia5("https://x"), DER.printable("en")))
                    ),
                    DER.sequence(DER.oid("0.4.0.1862.1.4")),
                    web
                ),
                roles: nil,
                unknown: ["0.4.0.1862.1.5", "0.4.0.1862.1.4"]
            ),
            Row(
                name: "a qualified certificate",
                der: DER.sequence(
                    psd2(DER.sequence(pair(.accountServicing))),
                    DER.sequence(DER.oid(OID.qcCompliance)),
                    web
                ),
                roles: [.accountServicing],
                hasCompliance: true
            ),
            Row(
                name: "two types",
                der: DER.sequence(
                    DER.sequence(DER.oid(OID.qcType), DER.sequence(DER.oid(OID.qcTypeWeb), DER.oid(OID.qcTypeESeal)))
                ),
                roles: nil,
                types: [.web, .eSeal]
            ),
            Row(
                name: "a type not understood",
                der: DER.sequence(DER.sequence(DER.oid(OID.qcType), DER.sequence(DER.oid("0.4.0.1862.1.6.9")))),
                roles: nil,
                types: [],
                unknown: ["0.4.0.1862.1.6.9"]
            ),
        ]
    )
    func reads(_ row: Row) throws {
        let found = try QCStatements(der: row.der)
        #expect(found.psd2?.roles == row.roles)
        #expect(found.psd2?.isFlattened ?? false == row.isFlattened)
        #expect(found.qcTypes == row.types)
        #expect(found.hasCompliance == row.hasCompliance)
        #expect(found.unknown == row.unknown)
        if row.roles != nil {
            #expect(found.psd2?.ncaName == "Financial Conduct Authority")
            #expect(found.psd2?.ncaID == "GB-FCA")
        }
    }

    @Test func namesRolesNobodyKnows() throws {
        let role = DER.sequence(DER.oid("0.4.0.19495.1.9"), DER.utf8("PSP_XX"))
        let found = try QCStatements(der: DER.sequence(Self.psd2(role, DER.sequence(Self.pair(.accountInformation)))))
        #expect(found.psd2?.unknownRoles == ["0.4.0.19495.1.9"])
        #expect(found.psd2?.roles == [.accountInformation])
    }

    struct Garbage: CustomTestStringConvertible, Sendable {
        let name: String
        let der: [UInt8]
        init(_ name: String, _ der: [UInt8]) { (self.name, self.der) = (name, der) }
        var testDescription: String { name }
    }

    @Test(
        "refuses",
        arguments: [
            Garbage("nothing", []),
            Garbage("no statement", DER.sequence()),
            Garbage("a SET", DER.set(web)),
            Garbage("bytes left over", DER.sequence(web) + [0]),
            Garbage("an empty statement", DER.sequence(DER.sequence())),
            Garbage("a statement of two contents", DER.sequence(DER.sequence(DER.oid("1.2.3"), DER.null, DER.null))),
            Garbage("a statement twice", DER.sequence(web, web)),
            Garbage("compliance with content", DER.sequence(DER.sequence(DER.oid(OID.qcCompliance), DER.null))),
            Garbage("no types", DER.sequence(DER.sequence(DER.oid(OID.qcType), DER.sequence()))),
            Garbage(
                "a role without a name",
                DER.sequence(psd2(DER.sequence(DER.oid(PSD2Role.accountInformation.rawValue))))
            ),
            Garbage("an empty role", DER.sequence(psd2(DER.sequence()))),
            Garbage(
                "a role name of another type",
                DER.sequence(psd2(DER.sequence(DER.oid("1.2.3"), DER.printable("PSP_AI"))))
            ),
            Garbage("roles without their own sequences", DER.sequence(psd2(pair(.accountInformation)))),
            Garbage("no authority", DER.sequence(psd2(DER.sequence(pair(.accountInformation)), names: []))),
            Garbage(
                "half an authority",
                DER.sequence(psd2(DER.sequence(pair(.accountInformation)), names: [DER.utf8("x")]))
            ),
            Garbage("an empty authority", DER.sequence(psd2(names: [DER.utf8(""), DER.utf8("GB-FCA")]))),
            Garbage("three authorities", DER.sequence(psd2(names: [DER.utf8("x"), DER.utf8("y"), DER.utf8("z")]))),
            Garbage(
                "a control character in the authority",
                DER.sequence(psd2(names: [DER.utf8("x\n"), DER.utf8("GB-FCA")]))
            ),
            Garbage(
                "seventeen roles",
                DER.sequence(
                    psd2(
                        DER.element(
                            0x30,
                            (0..<17).flatMap { _ in
                                pair(.accountInformation) + pair(.paymentInitiation) + DER.oid("1.2.3") + DER.utf8("x")
                            }
                        )
                    )
                )
            ),
            Garbage("seventeen statements", DER.element(0x30, (0..<17).flatMap { DER.sequence(DER.oid("1.2.\($0)")) })),
        ]
    )
    func refuses(_ row: Garbage) { #expect(throws: DERFault.self) { try QCStatements(der: row.der) } }
}
