import Crypto
import Encoding
import OpenBanking
import PKIX
import Testing

@testable import Rules
@testable import Simulator

/// Mistakes that other registration servers, gateways and test tools made in public, each shown not to be made here.
///
/// The words in brackets say where it happened: in a bank's accelerator, an API gateway's filters, a directory toolkit, an
/// OAuth server's registration endpoint, or in what banks' sandboxes answered.
@Suite("Bugs others made")
struct BugsOthersMadeTests {
    private func rules(_ change: (inout Registration) throws -> Void) throws -> [RuleID] {
        var registration = try Registration()
        try change(&registration)
        return try registration.verdict().findings.filter { $0.severity == .error }.map(\.rule)
    }

    @Test("a single good redirect URI does not excuse the others (an accelerator: any match)")
    func anyIsNotAll() throws {
        #expect(try rules { $0.addListed("http://app0.example/") } == [.redirectScheme])
    }

    @Test("the last redirect URI is looked at as the first is (a gateway filter: a return inside the loop)")
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

    @Test("https within the text is not the scheme https (an accelerator: contains)")
    func schemeIsNotASubstring() throws {
        #expect(try rules { $0.addListed("http://https.example/") } == [.redirectScheme])
    }

    @Test(
        "the request's URIs must be the statement's, not the other way round (a directory toolkit: subset inverted, behind a flag)"
    )
    func subsetIsNotInverted() throws {
        #expect(try rules { $0.add("https://elsewhere.example/") } == [.redirectListed])
        #expect(
            try rules {
                $0.stated["software_redirect_uris"] = .texts($0.software.redirectURIs + ["https://x.example/"])
            } == []
        )
    }

    @Test(
        "CBPII is asked for by its right spelling and by whole tokens (a gateway filter: misspelt, so never enforced)"
    )
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

    @Test("the request is judged by its own alg, not by the statement's (a UK toolkit)")
    func algorithmIsTheRequestsOwn() throws {
        // The statement is PS256; an ES256 request of an EC key holds, and a PS256 request may not call itself ES256.
        #expect(try Registration(Stage.elliptic).verdict().outcome == .accepted)
        #expect(try rules { $0.header["alg"] = "ES256" } == [.requestKeyFits])
    }

    @Test("revocation is looked up with the request's kid, not with the statement's (a UK toolkit: it could never hit)")
    func revocationUsesTheRequestsKid() throws {
        #expect(try rules { $0.world.revokedKeyIDs = [try Stage.directory.signingKey.kid: 1] } == [])
        #expect(
            try rules { $0.world.revokedKeyIDs = [$0.software.signing.key.kid: 1] } == [.requestKeyNotRevoked]
        )
    }

    @Test("a valid client certificate of somebody is not enough at /register (a directory toolkit, closed as wontfix)")
    func anyCertificateIsNotEnough() throws {
        let broken = try rules {
            $0.show(try $0.other.transport.certificate)
            try $0.fetchAfterArrival()
        }
        #expect(broken.contains(.membership) && broken.contains(.obwacOrganisation))
    }

    @Test("a statement without its key set URL is refused, not a crash (an accelerator)")
    func missingKeySetURL() throws {
        #expect(try rules { $0.stated["software_jwks_endpoint"] = nil } == [.statementClaims])
    }

    @Test("a jti is reserved only by a request whose signature verified (an accelerator: used up at check time)")
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

    @Test("roles are compared as whole values, never as parts of one string (a UK toolkit: roles in one string)")
    func rolesAreNotSubstrings() throws {
        #expect(
            try rules {
                $0.stated["software_roles"] = "AISP PISP CBPII"
                $0.claims["scope"] = "openid fundsconfirmations"
            }.contains(.statementClaims)
        )
        #expect(try rules { $0.stated["software_roles"] = ["AISPISP"] }.contains(.softwareRoles))
    }

    @Test(
        "milliseconds are named as such, never read as a time far ahead (the directory itself, an accelerator's samples)"
    )
    func milliseconds() throws {
        for name in ["iat", "exp"] {
            var registration = try Registration()
            registration.claims[name] = .number(1_733_831_772_040)
            let finding = try #require(try registration.verdict().primary)
            #expect(finding.rule == (name == "iat" ? .issuedAtForm : .expiresAtForm))
            #expect(finding.message.contains("milliseconds"))
        }
        #expect(try rules { $0.stated["iat"] = .number(1_548_282_572_310) }.contains(.statementClaims))
    }

    @Test("no directory keys means waiting, never skipping the signature (an OAuth server: set unset, check skipped)")
    func missingAnchorsFailClosed() throws {
        var registration = try Registration()
        registration.world.sets = [:]
        #expect(try registration.verdict().outcome == .deferred)
        registration = try Registration()
        registration.request.statement.sign(with: registration.software.signing.key)
        registration.world.remake(registration.directoryURL, fetchedAt: Stage.now + 1)
        #expect(try registration.verdict().outcome == .rejected)
    }

    @Test("application/json turns no check off (a gateway mediator verified nothing then)")
    func contentTypeTurnsNothingOff() throws {
        #expect(
            try rules {
                $0.request.record.append("content_type", "application/json")
                $0.request.token.damage = .flippedSignature
            } == [.requestSignature]
        )
    }

    @Test("plain JSON instead of a JWS is no request (a gateway mediator took it)")
    func plainJSONIsNoRequest() throws {
        var registration = try Registration()
        registration.wrap(#"{"redirect_uris":["https://app0.example/"],"scope":"openid"}"#)
        let verdict = try registration.verdict()
        #expect(verdict.outcome == .malformed && verdict.primary?.rule == .compactJWS)
    }

    @Test(
        "a request without a statement is refused, not taken as checked (a gateway mediator; a library dropped it silently)"
    )
    func statementIsNeverOptional() throws {
        #expect(try rules { $0.claims["software_statement"] = nil } == [.statementPresent])
    }

    @Test("the alg comes from a list of allowed ones, not from the header alone (an accelerator, twice)")
    func algorithmsAreListed() throws {
        for name in ["none", "HS256", "RS256", "PS384", "ES512"] {
            #expect(try rules { $0.header["alg"] = .text(name) }.contains(.requestAlgorithm), "\(name)")
            #expect(
                try rules { $0.request.statement.header["alg"] = .text(name) }.contains(.statementAlgorithm),
                "\(name)"
            )
        }
    }

    @Test("logo and policy pages on another host refuse nobody (an accelerator refused real statements)")
    func presentationHostsAreNotJudged() throws {
        #expect(
            try rules {
                $0.stated["software_logo_uri"] = "https://cdn.elsewhere.example/logo.png"
                $0.stated["software_tos_uri"] = "https://legal.elsewhere.example/"
            } == []
        )
    }

    @Test("localhost listed in the statement harms only who asks for it (an accelerator failed the whole statement)")
    func unaskedLocalhostIsHarmless() throws {
        #expect(
            try rules { $0.stated["software_redirect_uris"] = .texts($0.software.redirectURIs + ["https://localhost"]) }
                == []
        )
    }

    @Test("an OBWAC is bound by its organisation, not refused for want of an OU (the legacy rule applied to all)")
    func organisationCertificatesAreNotLegacy() throws {
        var registration = try Registration()
        #expect(registration.software.profile == .obwac)
        #expect(try registration.verdict().outcome == .accepted)
        registration = try Registration(Stage.legacy)
        #expect(try registration.verdict().outcome == .accepted)
    }

    @Test("a chain to the organisation's own key set is not asked for: it holds leaves only (the rule taken literally)")
    func keySetsHoldLeavesOnly() throws {
        var registration = try Registration()
        try registration.present()
        #expect(try registration.verdict().outcome == .accepted)
    }

    @Test("a certificate that a TPP lists for itself and issued itself is refused (membership without a path)")
    func selfListedAuthorityIsNotTrusted() throws {
        #expect(try rules { try $0.present(rogue: true, listed: true) } == [.certificateChain])
    }

    @Test("one unreadable entry does not discard a key set (a published entry ended in PEM dashes)")
    func oneBadEntryIsNotTheSet() throws {
        var registration = try Registration()
        let bad = #"{"kty":"RSA","use":"tls","kid":"bad","n":"AQ","e":"AQAB","x5c":["-----END CERTIFICATE-----"]}"#
        try registration.publish([bad] + registration.software.published.map(\.jwk))
        #expect(try registration.verdict().outcome == .accepted)
    }

    @Test("flat and nested PSD2 roles are both read in full (a strict reader saw the first role only)")
    func flatRolesAreRead() throws {
        for isFlat in [true, false] {
            #expect(
                try rules {
                    try $0.present {
                        $0.qcStatements?.isFlat = isFlat
                        $0.qcStatements?.roles = [.paymentInitiation, .accountInformation]
                    }
                } == []
            )
        }
    }

    @Test("software_version as a number is kept (parsers that wanted a string refused real statements)")
    func versionMayBeANumber() throws {
        #expect(try rules { $0.stated["software_version"] = .raw("1.5") } == [])
    }

    @Test("iss is the software's id, not the organisation's (an outdated mapping table says the latter)")
    func issuerIsTheSoftware() throws {
        #expect(try rules { $0.claims["iss"] = .text($0.software.organisation.id) } == [.requestIssuer])
    }

    @Test("the same statement may register again, and another request may follow (an accelerator blocked both)")
    func statementsMayBeUsedAgain() throws {
        let rule = try #require(ledgerRules.first { $0.id == .statementUnused })
        #expect(rule.severity == .off)
    }

    @Test(
        "a response is told once, in seconds, with scope as a string (banks' sandboxes; an accelerator told the statement twice)"
    )
    func responseIsWellFormed() throws {
        var registration = try Registration()
        registration.policy.profile = .v31
        registration.claims["scope"] = ["openid", "accounts"]
        let examiner = Examiner(
            policy: registration.policy,
            book: RuleBook(registration.policy),
            indexes: ClaimIndexes()
        )
        #expect(try registration.verdict(examiner).outcome == .accepted)
        let buffer = ByteBuffer()
        var json = JSONWriter(buffer)
        let evidence = examiner.evidence
        RegistrationResponse(
            credentials: IssuedCredentials(clientID: ByteSlice("c"), secret: nil, issuedAt: Stage.now),
            metadata: evidence.request.claims,
            statement: evidence.statement.claims,
            statementText: evidence.statementText ?? ByteSlice(""),
            defaultRedirectURIs: nil
        )
        .write(to: &json)
        // The strict reader refuses a member named twice.
        let response = JSONDocument()
        try response.parse(buffer.all)
        #expect(response.root["client_id_issued_at"]?.integer == Stage.now)
        #expect(response.root["scope"]?.text?.string == "openid accounts")
        #expect(response.root["software_statement"]?.text == evidence.statementText)
    }
}
