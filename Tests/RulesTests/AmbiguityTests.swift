import Crypto
import Encoding
import OpenBanking
import PKIX
import Testing

@testable import Rules
@testable import Simulator

/// What the documents leave open or say twice, and which side is taken: one test for each of.
struct AmbiguityTests {
    private func verdict(
        _ software: Int = Stage.plain,
        as form: Registration.Form = .record,
        _ change: (inout Registration) throws -> Void
    ) throws -> Verdict {
        var registration = try Registration(software, form: form)
        try change(&registration)
        return try registration.verdict()
    }

    private func errors(
        _ software: Int = Stage.plain,
        as form: Registration.Form = .record,
        _ change: (inout Registration) throws -> Void
    ) throws -> [RuleID] {
        try verdict(software, as: form, change).findings.filter { $0.severity == .error }.map(\.rule)
    }

    private func warnings(_ change: (inout Registration) throws -> Void) throws -> [RuleID] {
        try verdict(Stage.plain, as: .record, change).findings.filter { $0.severity == .warning }.map(\.rule)
    }

    @Test("A-01: ids of 22 characters in every version, 3.1's 18 notwithstanding", arguments: Policy.Profile.allCases)
    func lengthsOfIdentifiers(_ profile: Policy.Profile) throws {
        func with(_ id: String) throws -> [RuleID] {
            try errors {
                $0.policy.profile = profile
                $0.claims["iss"] = .text(id)
                $0.claims["software_id"] = .text(id)
            }
        }
        // 22 letters are another software's, but well formed; 23 are not.
        #expect(try with(String(repeating: "a", count: 22)) == [.requestIssuer, .requestSoftwareID])
        #expect(
            try with(String(repeating: "a", count: 23)) == [
                .issuerForm, .softwareIDForm, .requestIssuer, .requestSoftwareID,
            ]
        )
    }

    @Test("A-02: scope may be an array under 3.1 only, a string everywhere", arguments: Policy.Profile.allCases)
    func shapeOfScope(_ profile: Policy.Profile) throws {
        let array = try errors {
            $0.policy.profile = profile
            $0.claims["scope"] = ["openid", "accounts"]
        }
        #expect(array == (profile == .v31 ? [] : [.scopeForm]))
        let string = try errors {
            $0.policy.profile = profile
            $0.claims["scope"] = "openid accounts"
        }
        #expect(string == [])
    }

    @Test("A-03: absent redirect_uris are the statement's usable ones, with a warning; an empty list is an error")
    func absentRedirects() throws {
        #expect(try warnings { $0.claims["redirect_uris"] = nil } == [.redirectURIsForm])
        #expect(try errors { $0.claims["redirect_uris"] = nil } == [])
        #expect(try errors { $0.claims["redirect_uris"] = [] } == [.redirectURIsForm])
    }

    @Test("A-04: a jti is a UUID in either letter case; another is warned of, and refused on the strict side")
    func formOfJTI() throws {
        #expect(try warnings { $0.claims["jti"] = "6BA7B810-9DAD-41D1-80B4-00C04FD430C8" } == [])
        #expect(try warnings { $0.claims["jti"] = "1751017082113" } == [.jwtIDIsUUID])
        let strict = try errors {
            $0.policy.isStrict = true
            $0.stated["iat"] = .number(Stage.now)
            $0.claims["jti"] = "1751017082113"
        }
        #expect(strict == [.jwtIDIsUUID])
    }

    @Test("A-05: aud is compared with the bank's list, as a string or an array; without a list its form is warned of")
    func audience() throws {
        #expect(try errors { $0.claims["aud"] = "https://bank.example" } == [.audience])
        #expect(try errors { $0.claims["aud"] = [.text(Stage.audience)] } == [])
        let unlisted = try warnings {
            $0.policy.audiences = []
            $0.claims["aud"] = "https://bank.example"
        }
        #expect(unlisted == [.audienceShape])
    }

    @Test("A-06: RS256 is off, for the request and for what it asks for")
    func algorithmRS256() throws {
        #expect(!Policy().requestAlgorithms.contains(.RS256) && !Policy().statementAlgorithms.contains(.RS256))
        #expect(try errors { $0.header["alg"] = "RS256" }.first == .requestAlgorithm)
        #expect(try errors { $0.claims["id_token_signed_response_alg"] = "RS256" } == [.idTokenAlgorithm])
    }

    @Test("A-07: mobile and native are taken in every version", arguments: Policy.Profile.allCases)
    func applicationTypes(_ profile: Policy.Profile) throws {
        for type in ["web", "mobile", "native"] {
            let found = try errors {
                $0.policy.profile = profile
                $0.claims["application_type"] = .text(type)
            }
            #expect(found == [], "\(type)")
        }
    }

    @Test("A-08: token_endpoint_auth_signing_alg is asked for where the method signs, in every version")
    func authenticationAlgorithm() throws {
        for profile in Policy.Profile.allCases {
            let signing = try errors {
                $0.policy.profile = profile
                $0.claims["token_endpoint_auth_signing_alg"] = nil
            }
            #expect(signing == [.authenticationAlgorithmPresent], "\(profile)")
            let other = try errors {
                $0.policy.profile = profile
                $0.useSubject($0.subjectName)
                $0.claims["token_endpoint_auth_signing_alg"] = nil
            }
            #expect(other == [], "\(profile)")
        }
    }

    @Test("A-09: client_secret_jwt is off; where it is on, HS256 is for its own tokens and nothing else")
    func clientSecretJWT() throws {
        func ask(_ change: (inout Registration) -> Void) throws -> [RuleID] {
            try errors {
                $0.policy.isFAPI = false
                $0.claims["token_endpoint_auth_method"] = "client_secret_jwt"
                $0.claims["token_endpoint_auth_signing_alg"] = "HS256"
                change(&$0)
            }
        }
        #expect(try ask { _ in } == [.authenticationMethodSupported])
        #expect(try ask { $0.policy.authenticationMethods.append(.clientSecretJWT) } == [])
        let elsewhere = try ask {
            $0.policy.authenticationMethods.append(.clientSecretJWT)
            $0.claims["request_object_signing_alg"] = "HS256"
        }
        #expect(elsewhere == [.requestObjectAlgorithm])
    }

    @Test("A-10: a response type that is not offered is refused, never replaced")
    func responseTypes() throws {
        let found = try errors { $0.claims["response_types"] = ["id_token", "token"] }
        #expect(found.first == .responseTypesForm)
    }

    @Test("A-11: the certificate is in a key set of the statement and leads to a configured anchor: both")
    func membershipAndChain() throws {
        #expect(try errors { try $0.present(rogue: true) } == [.certificateChain])
        let unlisted = try errors {
            try $0.present(listed: false)
            try $0.fetchAfterArrival()
        }
        #expect(unlisted == [.membership])
    }

    @Test("A-12: a response tells nothing that belongs to the request alone")
    func requestOnlyClaims() {
        let kept = RequestClaim.allCases.filter(\.isRequestOnly)
        #expect(Set(kept) == [.issuer, .issuedAt, .expiresAt, .audience, .jwtID, .clientID])
    }

    @Test("A-13: a kid is opaque: what ends in = is another kid than what does not")
    func keyIDIsOpaque() throws {
        let kid = try Stage.directory.signingKey.kid
        #expect(kid.hasSuffix("="))
        let verdict = try verdict {
            $0.request.statement.header["kid"] = .text(String(kid.dropLast()))
            $0.world.remake($0.directoryURL, fetchedAt: Stage.now + 1)
        }
        #expect(verdict.primary?.rule == .directoryKeyKnown)
    }

    @Test("A-14: CN and OU bind a legacy certificate and no other; legacy is refused unless the bank allows it")
    func legacyRule() throws {
        #expect(Policy().certificateProfiles == [.obwac])
        #expect(try errors(Stage.legacy) { $0.policy.certificateProfiles = [.obwac] } == [.profileAllowed])
        #expect(try errors(Stage.legacy) { _ in } == [])
        #expect(try errors { _ in } == [])
    }

    @Test("A-15: a statement is a day old at most, a week at the portal; a minute and half an hour on the strict side")
    func statementAges() throws {
        var policy = Policy()
        #expect(policy.maxAge(.dcr) == 86_400 && policy.maxAge(.mcr) == 7 * 86_400)
        policy.isStrict = true
        #expect(policy.maxAge(.dcr) == 60 && policy.maxAge(.mcr) == 1800)
        policy.statementMaxAge = (dcr: 30, mcr: 600)
        #expect(policy.maxAge(.dcr) == 30 && policy.maxAge(.mcr) == 600)
    }

    @Test("A-15: the age counts from when the request arrived, not from when its keys did")
    func statementAgeCountsFromArrival() throws {
        let waited = try errors {
            $0.arrivedAt = Stage.now - 3 * Stage.day
            $0.stated["iat"] = .number(Stage.now - 4 * Stage.day)
            $0.claims["iat"] = .number(Stage.now - 3 * Stage.day)
            $0.claims["exp"] = .number(Stage.now - 3 * Stage.day + 600)
        }
        #expect(waited == [])
    }

    @Test("A-16: exp is judged when the request first arrives; waiting for keys never expires it")
    func timeBasis() throws {
        #expect(Policy().timeBasis == .arrival)
        let waited = try errors {
            $0.arrivedAt = Stage.now - 3600
            $0.claims["iat"] = .number(Stage.now - 3700)
            $0.claims["exp"] = .number(Stage.now - 3500)
        }
        #expect(waited == [])
        let late = try errors {
            $0.claims["iat"] = .number(Stage.now - 3700)
            $0.claims["exp"] = .number(Stage.now - 3500)
        }
        #expect(late == [.notExpired])
    }

    @Test("A-17: test software in production is warned of, and refused where the bank says so")
    func testSoftware() throws {
        func ask(_ refuses: Bool) throws -> [Finding] {
            try verdict {
                $0.policy.refusesTestSoftware = refuses
                $0.policy.environment = .production
                $0.stated["software_environment"] = "production"
                $0.stated["software_mode"] = "Test"
            }.findings
        }
        #expect(try ask(false).map(\.severity) == [.warning])
        #expect(try ask(true).map(\.severity) == [.error])
    }

    @Test("A-18: the authority claims are an object or a list; without them the software's roles count, with a warning")
    func authorityClaims() throws {
        let claims = try Registration().stated["organisation_competent_authority_claims"]
        let list = try #require(claims.map { DraftValue.list([$0]) })
        #expect(try errors { $0.stated["organisation_competent_authority_claims"] = list } == [])
        #expect(try warnings { $0.stated["organisation_competent_authority_claims"] = nil } == [.rolesAuthorised])
        #expect(try errors { $0.stated["organisation_competent_authority_claims"] = nil } == [])
    }

    @Test("A-19: a client of another TPP is answered 401, as an unknown one is")
    func foreignClient() throws {
        #expect(Policy().foreignClientStatus == 401)
        let rules = ledgerRules.filter { [.clientKnown, .clientOwner].contains($0.id) }
        #expect(rules.map(\.status) == [401, 401])
    }

    @Test("A-20: CN and OU of a QWAC are not bound to the software")
    func qualifiedNames() throws {
        #expect(try errors { try $0.presentQualified() } == [])
    }
}
