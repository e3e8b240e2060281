import Encoding
import OpenBanking
import Testing

@testable import Rules
@testable import Simulator

/// Mistakes others made (rules.md 10), each shown not to be made here.
struct PitfallTests {
    private func rules(_ change: (inout Registration) throws -> Void) throws -> [RuleID] {
        var registration = try Registration()
        try change(&registration)
        return try registration.verdict().findings.filter { $0.severity == .error }.map(\.rule)
    }

    @Test("a single good redirect URI does not excuse the others (anyMatch)")
    func anyIsNotAll() throws {
        #expect(try rules { $0.addListed("http://app0.example/") } == [.redirectScheme])
    }

    @Test("the last redirect URI is looked at as the first is (return inside the loop)")
    func firstIsNotAll() throws {
        let bad = "https://localhost/cb"
        for place in 0...1 {
            #expect(
                try rules {
                    var list = $0.software.redirectURIs
                    list.insert(bad, at: place == 0 ? 0 : list.count)
                    $0.claims["redirect_uris"] = .texts(list)
                    $0.stated["software_redirect_uris"] = .texts(list)
                } == [.redirectHost]
            )
        }
    }

    @Test("https within the text is not the scheme https (contains)")
    func schemeIsNotASubstring() throws {
        #expect(try rules { $0.addListed("http://https.example/") } == [.redirectScheme])
    }

    @Test("the request's URIs must be the statement's, not the other way round (subset inverted)")
    func subsetIsNotInverted() throws {
        #expect(try rules { $0.add("https://elsewhere.example/") } == [.redirectListed])
        #expect(
            try rules {
                $0.stated["software_redirect_uris"] = .texts($0.software.redirectURIs + ["https://x.example/"])
            } == []
        )
    }

    @Test("CBPII is asked for by its right spelling and by whole tokens")
    func fundsConfirmationsAreEnforced() throws {
        #expect(try rules { $0.claims["scope"] = "openid fundsconfirmations" } == [.scopeAllowed])
        #expect(try rules { $0.claims["scope"] = "openid fundsconformations" } == [.scopeKnown])
        #expect(
            try rules {
                $0.stated["software_roles"] = ["AISP", "PISP", "XCBPIIX"]
                $0.claims["scope"] = "openid fundsconfirmations"
            } == [.softwareRoles, .scopeAllowed]
        )
    }

    @Test("the request is judged by its own alg, not by the statement's")
    func algorithmIsTheRequestsOwn() throws {
        // The statement is PS256; an ES256 request of an EC key holds, and a PS256 request may not call itself ES256.
        #expect(try Registration(Stage.elliptic).verdict().outcome == .accepted)
        #expect(try rules { $0.header["alg"] = "ES256" } == [.requestKeyFits])
    }

    @Test("revocation is looked up with the request's kid, not with the statement's")
    func revocationUsesTheRequestsKid() throws {
        #expect(try rules { $0.world.revokedKeyIDs = [try Stage.directory.signingKey.kid: 1] } == [])
        #expect(
            try rules { $0.world.revokedKeyIDs = [$0.software.signing.key.kid: 1] } == [.requestKeyNotRevoked]
        )
    }

    @Test("a valid client certificate of somebody is not enough at /register")
    func anyCertificateIsNotEnough() throws {
        let broken = try rules {
            $0.show(try $0.other.transport.certificate)
            try $0.fetchAfterArrival()
        }
        #expect(broken.contains(.membership) && broken.contains(.obwacOrganisation))
    }

    @Test("a statement without its key set URL is refused, not a crash")
    func missingKeySetURL() throws {
        #expect(try rules { $0.stated["software_jwks_endpoint"] = nil } == [.statementClaims])
    }

    @Test("a jti is reserved only by a request whose signature verified")
    func forgedRequestsReserveNothing() throws {
        var registration = try Registration()
        registration.request.token.damage = .flippedSignature
        let examiner = Examiner(
            policy: registration.policy,
            book: RuleBook(registration.policy),
            indexes: ClaimIndexes()
        )
        _ = try registration.verdict(examiner)
        #expect(!examiner.evidence.requestVerified)
        registration.request.token.damage = .none
        _ = try registration.verdict(examiner)
        #expect(examiner.evidence.requestVerified)
    }
}
