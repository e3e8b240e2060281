import Crypto
import Encoding
import Foundation
import Scores
import Testing

@testable import PKIX

/// The cases of C2SP/x509-limbo that don't depend on a host name, judged as certificates of TLS clients.
///
/// The suite's certificates are for servers: serverAuth stands here for clientAuth, and keyUsage may be missing.
@Suite("x509-limbo", .enabled(if: Vectors.arePresent, Vectors.absence)) struct LimboTests {
    struct Case: Decodable {
        let id: String
        let trusted: [String]
        let intermediates: [String]
        let peer: String
        let time: String?
        let expected: String
        let lists: [String]?
        let depth: Int?

        enum CodingKeys: String, CodingKey {
            case id
            case trusted = "trusted_certs"
            case intermediates = "untrusted_intermediates"
            case peer = "peer_certificate"
            case time = "validation_time"
            case expected = "expected_result"
            case lists = "crls"
            case depth = "max_chain_depth"
        }

        var isGood: Bool { expected == "SUCCESS" }
    }

    struct File: Decodable { let testcases: [Case] }

    /// What is accepted though the suite refuses it, and why.
    static let moreLenient: [String: String] = [
        "webpki::eku::ee-critical-eku": "the directory's certificates have a critical extendedKeyUsage"
    ]

    /// What is refused though the suite accepts it, and why.
    static let stricter: [String: String] = [
        "cve::cve-2024-0567": "an anchor that another issued has no authorityKeyIdentifier",
        "pathlen::validation-ignores-pathlen-in-leaf": "an authority is never a leaf",
        "rfc5280::ca-as-leaf": "an authority is never a leaf; webpki::ca-as-leaf says so too",
        "rfc5280::eku::ee-without-eku": "a leaf states its purposes; webpki::eku::ee-without-eku says so too",
    ]

    /// What the settings of the product refuse besides: an anchor must be self-signed.
    static let stricterInProduction: Set<String> = ["rfc5280::root-and-intermediate-swapped"]

    /// What the settings of the product accept besides, and why.
    static let moreLenientInProduction: [String: String] = [
        "pathlen::max-chain-depth-0-exhausted": "the depth is fixed, not asked for",
        "pathlen::max-chain-depth-1-exhausted": "the depth is fixed, not asked for",
    ]

    static let named = ["webpki::san", "webpki::cn", "webpki::nc", "rfc5280::san", "rfc5280::nc", "online"]

    static func cases() throws -> [Case] {
        let data = Data(try Vectors.bytes("x509-limbo/limbo-no-bettertls.json"))
        return try JSONDecoder().decode(File.self, from: data).testcases.filter { test in
            !named.contains(where: test.id.hasPrefix)
        }
    }

    /// The settings a case asks for: its own number of intermediates, and any authority as anchor.
    static func settings(of test: Case) -> ChainSettings {
        var settings = ChainSettings()
        settings.trustsIssuedAnchors = true
        settings.intermediateLimit = test.depth
        return settings
    }

    /// Why the case is refused, nil when it is accepted.
    static func refusal(_ test: Case, _ settings: ChainSettings) -> String? {
        do {
            let anchors = try TrustAnchors.load(test.trusted.map { Array($0.utf8) }, settings: settings)
            let extra = try test.intermediates.flatMap { try PEM.certificates(in: ByteSlice($0)) }
            let leaf = try #require(try PEM.certificates(in: ByteSlice(test.peer)).first)
            let vetted = try anchors.vet(leaf, extra: extra)
            let now = test.time.flatMap { Timestamp.parse($0) } ?? 1_704_067_200
            let chain = try vetted.chain.get()
            guard chain.isValid(at: now), vetted.certificate.isValid(at: now) else { return "outside its validity" }
            let faults = vetted.faults.filter { $0 != .clientAuthMissing && $0 != .keyUsageMissing }
            guard faults.isEmpty else { return "\(faults.map(\.code))" }
            guard vetted.certificate.extendedKeyUsage?.contains(OID.serverAuth) ?? false else { return "for clients" }
            guard let texts = test.lists, !texts.isEmpty else { return nil }
            let lists = try texts.map { try list($0, anchors) }
            guard case .good = RevocationLists(lists).state(of: vetted.certificate, at: now) else {
                return "revoked or unknown"
            }
            return nil
        } catch { return "\(error)" }
    }

    private static func list(_ text: String, _ anchors: TrustAnchors) throws -> RevocationList {
        let body = text.split(separator: "\n").filter { !$0.hasPrefix("-----") }.joined()
        let list = try RevocationList.decode(try Base64.decode(body))
        let issuer = try #require(
            anchors.authorities(named: list.issuer, keyIdentifier: list.authorityKeyIdentifier).first
        )
        try list.verify(signedBy: issuer)
        return list
    }

    @Test func agreesButForTheNamedDifferences() throws {
        let cases = try Self.cases()
        #expect(cases.count == 110)
        var (accepts, rejects): (Set<String>, Set<String>) = ([], [])
        for test in cases {
            let refusal = Self.refusal(test, Self.settings(of: test))
            guard (refusal == nil) != test.isGood else { continue }
            if refusal == nil { accepts.insert(test.id) } else { rejects.insert(test.id) }
            #expect(
                (test.isGood ? Self.stricter : Self.moreLenient)[test.id] != nil,
                "\(test.id): \(test.expected) expected, \(refusal ?? "accepted")"
            )
        }
        #expect(accepts == Set(Self.moreLenient.keys), "a difference that is gone should leave the table")
        #expect(rejects == Set(Self.stricter.keys), "a difference that is gone should leave the table")
        let passed = cases.count - accepts.count - rejects.count
        #expect(passed >= 105)
        Score(
            "x509-limbo",
            passed: passed,
            of: cases.count,
            falseAccepts: Array(accepts),
            falseRejects: Array(rejects),
            note: "98 of 208 left out: they depend on a host name or the network"
        ).record()
    }

    @Test func theProductIsStricterStill() throws {
        let cases = try Self.cases()
        let accepted = cases.filter { !$0.isGood && Self.refusal($0, .standard) == nil }.map(\.id)
        #expect(Set(accepted) == Set(Self.moreLenient.keys).union(Self.moreLenientInProduction.keys))
        let refused = cases.filter { $0.isGood && Self.refusal($0, .standard) != nil }.map(\.id)
        #expect(Set(refused) == Set(Self.stricter.keys).union(Self.stricterInProduction))
        Score(
            "x509-limbo, product settings",
            passed: cases.count - accepted.count - refused.count,
            of: cases.count,
            falseAccepts: accepted,
            falseRejects: refused,
            note: "a fixed depth of \(ChainVerifier.depthLimit), self-signed anchors only"
        ).record()
    }
}
