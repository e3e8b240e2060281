import Crypto
import Encoding
import Fetch
import KeyCache
import Testing

@testable import Refresh
@testable import Simulator

/// Faults F10 to F17: TLS.
///
/// An impostor answers in the key store's place, under its name and port.
@Suite("Faults of TLS")
struct TLSFaultTests {
    private static let impostorAddress: UInt32 = 0x7F00_0002

    /// Lets the name lead to an impostor with this identity, whose authority is trusted if `isTrusted`.
    private func strike(
        _ code: String,
        verify: Int? = nil,
        _ identity: TLSIdentity,
        isTrusted: Bool = true,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let bench = try FaultBench()
        let impostor = try FaultyDirectory(identity, address: Self.impostorAddress, port: bench.directory.port)
        impostor.answer(FaultBench.path, .ok(TestKeys.set([TestKeys.c])))
        try bench.fixture.folder.write(
            "impostor.pem",
            isTrusted ? identity.authorityPEM : FaultBench.identity.authorityPEM
        )
        bench.allow {
            $0.addresses = ["127.0.0.2"]
            $0.authorityFile = "\(bench.fixture.folder.path)/impostor.pem"
        }
        let line = try bench.refresh()
        #expect(line.code == code, "\(line.reason)", sourceLocation: sourceLocation)
        if let verify { #expect(line.reason.contains("verify \(verify))"), sourceLocation: sourceLocation) }
        #expect(impostor.heads.isEmpty, "not even the path is told", sourceLocation: sourceLocation)
        try bench.expectGood(sourceLocation: sourceLocation)
        bench.allow()
        #expect(try bench.refresh().outcome == .unchanged, sourceLocation: sourceLocation)
    }

    private func identity(_ names: [String], from authority: TestAuthority) throws -> TLSIdentity {
        let issued = try authority.issue(names)
        return TLSIdentity(
            authorityPEM: authority.certificate,
            certificatePEM: issued.certificate,
            key: try PrivateKey(pem: issued.key)
        )
    }

    @Test("F10 expired")
    func f10() throws {
        let year: UnixTime = 365 * 86_400
        try strike("tls_verify", verify: 10, TLSIdentity(now: RefreshFixture.start - 10 * year))
    }

    @Test("F11 for another host")
    func f11() throws {
        try strike("tls_verify", verify: 62, identity(["other.test"], from: try TestAuthority()))
    }

    @Test("F12 self-signed")
    func f12() throws {
        let key = try PrivateKey.generateEC(.p256)
        let pem = try TestAuthority.selfSigned(["localhost"], key)
        let identity = TLSIdentity(authorityPEM: pem, certificatePEM: pem, key: key)
        try strike("tls_verify", verify: 18, identity, isTrusted: false)
    }

    @Test("F13 of an unknown authority")
    func f13() throws {
        try strike("tls_verify", verify: 20, identity(["localhost"], from: try TestAuthority()), isTrusted: false)
    }

    @Test("F14 a pin that does not match, one that does beside it")
    func f14() throws {
        let bench = try FaultBench()
        let wrong = Base64.encode([UInt8](repeating: 7, count: 32))
        bench.allow { $0.pins = [wrong] }
        #expect(try bench.refresh().code == "tls_pin")
        try bench.expectGood()
        let right = Base64.encode(FaultBench.identity.key.publicKey.spkiSHA256.bytes)
        bench.allow { $0.pins = [wrong, right] }
        #expect(try bench.refresh().outcome == .unchanged)
    }

    /// What a server that speaks TLS 1.0 only may answer: its hello, or an alert that says so.
    static let oldHello: [UInt8] =
        [0x16, 3, 1, 0, 42, 2, 0, 0, 38, 3, 1] + [UInt8](repeating: 9, count: 32) + [0, 0, 0x2F, 0]
    static let versionAlert: [UInt8] = [0x15, 3, 1, 0, 2, 2, 70]
    static let certificateAlert: [UInt8] = [0x15, 3, 3, 0, 2, 2, 45]

    struct Row: CustomTestStringConvertible, Sendable {
        var name: String
        var greeting: FaultyDirectory.Greeting
        var codes = ["tls"]
        var testDescription: String { name }
    }

    @Test(
        "F15 TLS 1.0 only, F16 an alert about our certificate, F17 closed in the handshake",
        arguments: [
            Row(name: "F15 a hello of TLS 1.0", greeting: .bytes(oldHello)),
            Row(name: "F15 an alert about the version", greeting: .bytes(versionAlert)),
            Row(
                name: "F16 an alert that a certificate has expired",
                greeting: .bytes(certificateAlert),
                codes: ["tls_client_certificate"]
            ),
            Row(name: "F17 closed after the hello", greeting: .closeInHandshake, codes: ["tls", "connection_lost"]),
            Row(name: "F17 closed at once", greeting: .closeAtOnce, codes: ["tls", "connection_lost"]),
            Row(name: "F17 not TLS at all", greeting: .bytes(Array("SSH-2.0-OpenSSH_9.2\r\n".utf8))),
        ]
    )
    func f15tof17(_ row: Row) throws {
        let bench = try FaultBench()
        bench.directory.greet(row.greeting)
        let line = try bench.refresh()
        #expect(row.codes.contains(line.code ?? ""), "\(line.code ?? "") \(line.reason)")
        try bench.expectGood()
        bench.directory.greet(.serve)
        #expect(try bench.refresh().outcome == .unchanged)
    }

    @Test(
        "F16 a real server demands a client certificate: none, an expired one, a good one",
        .enabled(if: Nginx.isInstalled, "skipped: nginx (package nginx-light) is not installed"),
        arguments: [(nil, "status_400"), ("expired", "status_400"), ("client", nil)] as [(String?, String?)]
    )
    func f16(name: String?, code: String?) throws {
        let bench = try FaultBench()
        let authority = bench.fixture.authority
        let folder = bench.fixture.folder
        try folder.write("ca.pem", authority.certificate)
        let nginx = try Nginx(
            servers: """
                  server {
                    listen 127.0.0.1:$port ssl; listen 127.0.0.2:\(bench.directory.port) ssl;
                    ssl_certificate good.pem; ssl_certificate_key good.key;
                    ssl_client_certificate ca.pem; ssl_verify_client on;
                  }
                """,
            identities: [
                "good": try authority.issue(["localhost"]), "client": try authority.issue([]),
                "expired": try authority.issue([], notAfter: 1_767_312_000),
            ],
            folder: folder
        )
        try folder.write("www\(FaultBench.path)", FaultBench.good)
        bench.allow {
            $0.addresses = ["127.0.0.2"]
            $0.authorityFile = "\(folder.path)/ca.pem"
            $0.clientCertificateFile = name.map { "\(folder.path)/\($0).pem" }
            $0.clientKeyFile = name.map { "\(folder.path)/\($0).key" }
        }
        let line = try bench.refresh()
        #expect(line.code == code, "\(line.reason)")
        #expect(line.outcome == (code == nil ? .unchanged : .unreachable))
        try bench.expectGood()
        withExtendedLifetime(nginx) {}
    }
}
