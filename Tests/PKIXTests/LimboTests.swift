import Encoding
import Foundation
import PKIX
import Testing

/// The cases of C2SP/x509-limbo that don't depend on a host name, judged as certificates of TLS clients.
///
/// The suite's certificates are for servers: serverAuth stands here for clientAuth, and keyUsage may be missing.
@Suite(.enabled(if: Vectors.arePresent, Vectors.absence)) struct LimboTests {
    struct Case: Decodable {
        let id: String
        let trusted: [String]
        let intermediates: [String]
        let peer: String
        let time: String?
        let expected: String
        let lists: [String]?

        enum CodingKeys: String, CodingKey {
            case id
            case trusted = "trusted_certs"
            case intermediates = "untrusted_intermediates"
            case peer = "peer_certificate"
            case time = "validation_time"
            case expected = "expected_result"
            case lists = "crls"
        }
    }

    struct File: Decodable { let testcases: [Case] }

    /// Where this product decides otherwise, and why.
    static let differences: [String: String] = [
        "crl::issuer-no-keyusage-extension": "stricter: an authority must have a keyUsage",
        "cve::cve-2024-0567": "stricter: an anchor must be self-signed",
        "cve::cve-2025-61727": "name constraints on host names, which clients don't have",
        "pathlen::max-chain-depth-0-exhausted": "the depth limit is fixed here, not asked for",
        "pathlen::max-chain-depth-1-exhausted": "the depth limit is fixed here, not asked for",
        "pathlen::validation-ignores-pathlen-in-leaf": "stricter: an authority is never a leaf",
        "rfc5280::ca-as-leaf": "stricter: an authority is never a leaf",
        "rfc5280::eku::ee-without-eku": "stricter: a transport certificate states its purposes",
        "rfc5280::eku::ee-wrong-eku": "its purpose is clientAuth, which is the right one here",
        "rfc5280::pc::ica-noncritical-pc": "policies are not processed",
        "rfc5280::root-and-intermediate-swapped": "stricter: an anchor must be self-signed",
        "webpki::aki::root-with-aki-missing-keyidentifier": "an anchor is trusted because it is configured",
        "webpki::eku::ee-critical-eku": "the directory's certificates have a critical extendedKeyUsage",
        "webpki::eku::root-has-eku": "an anchor is trusted because it is configured",
    ]

    static let named = ["webpki::san", "webpki::cn", "webpki::nc", "rfc5280::san", "rfc5280::nc", "online"]

    /// Why the case is refused, nil when it is accepted.
    static func refusal(_ test: Case) -> String? {
        do {
            let anchors = try TrustAnchors.load(test.trusted.map { Array($0.utf8) })
            let extra = try test.intermediates.flatMap { try PEM.certificates(in: ByteSlice($0)) }
            let leaf = try #require(try PEM.certificates(in: ByteSlice(test.peer)).first)
            let vetted = try anchors.vet(leaf, extra: extra)
            let now = test.time.flatMap { Timestamp.parse($0) } ?? 1_704_067_200
            let chain = try vetted.chain.get()
            guard chain.isValid(at: now), vetted.certificate.isValid(at: now) else { return "outside its validity" }
            let isForServers = vetted.certificate.extendedKeyUsage?.contains(OID.serverAuth) ?? false
            let faults = vetted.faults.filter { !(isForServers && $0 == .clientAuthMissing) && $0 != .keyUsageMissing }
            guard faults.isEmpty else { return "\(faults.map(\.code))" }
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
            anchors.authorities(named: list.issuerDER, keyIdentifier: list.authorityKeyIdentifier).first
        )
        try list.verify(signedBy: issuer)
        return list
    }

    @Test func agreesButForTheNamedDifferences() throws {
        let data = Data(try Vectors.bytes("x509-limbo/limbo-no-bettertls.json"))
        let cases = try JSONDecoder().decode(File.self, from: data).testcases.filter { test in
            !Self.named.contains(where: test.id.hasPrefix)
        }
        #expect(cases.count == 110)
        var differing: Set<String> = []
        for test in cases {
            let refusal = Self.refusal(test)
            guard (refusal == nil) != (test.expected == "SUCCESS") else { continue }
            differing.insert(test.id)
            #expect(Self.differences[test.id] != nil, "\(test.id): \(test.expected) expected, \(refusal ?? "accepted")")
        }
        #expect(differing == Set(Self.differences.keys), "a difference that is gone should leave the table")
    }
}
