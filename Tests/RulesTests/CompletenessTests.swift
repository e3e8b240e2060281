import Crypto
import OpenBanking
import Testing

@testable import Rules
@testable import Simulator

/// One pass tells the TPP everything, and what could not be asked is said to be so.
struct CompletenessTests {
    @Test("many broken rules at once: each is found, in order, with its value, source and remedy")
    func everythingAtOnce() throws {
        var registration = try Registration()
        registration.header["typ"] = "at+jwt"
        registration.header.append("jku", "https://evil.example")
        registration.header.append("crit", ["x"])
        registration.header.append("cty", "JWT")
        registration.claims["iss"] = "not a word"
        registration.claims["exp"] = .number(Stage.now - 3600)
        registration.claims["aud"] = "somebody"
        registration.claims["jti"] = "5"
        registration.claims["token_endpoint_auth_method"] = "tls_client_auth"
        registration.claims["grant_types"] = ["authorization_code", "password"]
        registration.claims["response_types"] = ["token"]
        registration.claims["scope"] = "email fundsconfirmations"
        registration.claims["application_type"] = "desktop"
        registration.claims["id_token_signed_response_alg"] = "RS256"
        registration.claims["request_object_signing_alg"] = "none"
        registration.claims["token_endpoint_auth_signing_alg"] = "HS256"
        registration.claims.append("backchannel_token_delivery_mode", "push")
        registration.claims["software_id"] = "x y"
        registration.claims.append("x_unknown", true)
        registration.add("http://localhost/../*#x")
        registration.stated["org_status"] = "Withdrawn"
        registration.stated["software_environment"] = "production"
        registration.stated["iat"] = .number(Stage.now - 90 * Stage.day)
        registration.policy.deniedOrganisations = [registration.software.organisation.id]
        try registration.present { $0.notAfter = Stage.now - 1 }

        let verdict = try registration.verdict()
        let expected: [RuleID] = [
            .requestHeaderKeys, .requestCritical, .requestType, .requestContentType, .issuerForm, .jwtIDIsUUID,
            .grantTypesForm, .responseTypesForm, .applicationType, .idTokenAlgorithm, .requestObjectAlgorithm,
            .authenticationAlgorithm, .subjectDNPresent, .softwareIDForm, .unknownClaims, .deliveryMode,
            .codeGrantResponse, .metadataSupported, .environment, .organisationStatus, .statementAge, .denyList,
            .notExpired, .notFuture, .audience, .requestIssuer, .requestSoftwareID, .redirectScheme, .redirectHost,
            .redirectFragment, .redirectPattern, .redirectListed, .scopeKnown, .scopeAllowed, .scopeOpenID,
            .certificateWindow,
        ]
        let rules = verdict.findings.map(\.rule)
        #expect(rules == rules.sorted())
        #expect(Set(expected).subtracting(rules) == [], "not found")
        #expect(Set(rules).subtracting(expected) == [], "found besides")
        #expect(verdict.primary?.rule == .requestHeaderKeys)
        for finding in verdict.findings {
            #expect(!finding.message.isEmpty && !finding.source.isEmpty && !finding.remedy.isEmpty)
        }
        let valued: [RuleID] = [.audience, .organisationStatus, .scopeKnown, .redirectScheme, .certificateWindow]
        for rule in valued {
            #expect(verdict.findings.first { $0.rule == rule }?.value?.isEmpty == false, "\(rule.name)")
        }
    }

    @Test(
        "a rule whose inputs are missing is listed as not reached, never passed over",
        arguments: RuleBook.all.map(\.id)
    )
    func nothingIsSkippedSilently(_ id: RuleID) throws {
        let rule = try #require(RuleBook.all.first { $0.id == id })
        var policy = Policy()
        policy.overrides[.presentationHosts] = .error
        let book = RuleBook(policy)
        let evidence = Evidence(policy: policy, indexes: ClaimIndexes())
        var missing = rule.needs.rawValue
        while missing != 0 {
            let flag = missing & (~missing + 1)
            missing &= ~flag
            evidence.reached = Reached(rawValue: ~flag)
            #expect(book.judge(evidence, listsUnreached: true).notReached.contains(id), "flag \(flag)")
        }
        evidence.reached = rule.needs
        #expect(!book.judge(evidence, listsUnreached: true).notReached.contains(id))
    }

    @Test("each rule in force is either asked or listed as not reached: no third way")
    func askedOrListed() throws {
        for change: (inout Registration) throws -> Void in [
            { _ in }, { $0.world.sets = [:] }, { $0.request.statement.damage = .flippedSignature },
            { $0.request.certificate = nil }, { $0.form = .text("{") }, { $0.wrap("a.b.c") },
            { $0.form = .manual }, { $0.deliver([("operation", "delete"), ("client_id", "c")]) },
        ] {
            var registration = try Registration()
            try change(&registration)
            let book = RuleBook(registration.policy)
            let examiner = Examiner(policy: registration.policy, book: book, indexes: ClaimIndexes())
            let verdict = examiner.examine(
                try registration.delivery(),
                now: Stage.now,
                trust: registration.world.view,
                listsUnreached: true
            )
            let asked = book.active.filter { examiner.evidence.has($0.rule.needs) }.map(\.rule.id)
            #expect((asked + verdict.notReached).sorted() == book.ids)
        }
    }

    @Test(
        "what the bank raised to an error answers with a code, also where the rule has none",
        arguments: [
            RuleID.responseTypesDefault, .scopeOpenID, .unknownClaims,
        ]
    )
    func raisedRulesHaveACode(_ id: RuleID) throws {
        var registration = try Registration()
        registration.policy.overrides[id] = .error
        registration.claims["response_types"] = nil
        registration.claims["scope"] = "accounts"
        registration.claims["grant_types"] = ["client_credentials"]
        registration.claims.append("x_unknown", true)
        let verdict = try registration.verdict()
        #expect(verdict.primary?.rule == id)
        #expect(verdict.primary?.code == .invalidClientMetadata && verdict.primary?.status == 400)
    }

    @Test("an operation that is not offered decides, whatever else is wrong")
    func operationDecides() throws {
        var registration = try Registration()
        registration.policy.operations = [.read]
        registration.claims["aud"] = "somebody"
        registration.header.append("jku", "https://evil.example")
        let primary = try #require(try registration.verdict().primary)
        #expect(primary.rule == .operationEnabled && primary.status == 405 && primary.code == nil)
    }

    @Test("a certificate that authenticates nobody is answered 401 where the bank wants it, another's never")
    func certificateStatus() throws {
        var registration = try Registration()
        registration.policy.certificateStatus = 401
        try registration.present { $0.notAfter = Stage.now - 1 }
        let expired = try #require(try registration.verdict().primary)
        #expect(expired.rule == .certificateWindow && expired.status == 401 && expired.code == nil)
        registration = try Registration()
        registration.policy.certificateStatus = 401
        registration.show(try registration.other.transport.certificate)
        let foreign = try #require(try registration.verdict().primary)
        #expect(foreign.status == 400 && foreign.code == .invalidSoftwareStatement)
    }

    @Test("what is wrong with the bank's template is the bank's: one finding for each rule, no error code")
    func templateIsTheBanks() throws {
        var registration = try Registration(form: .manual)
        registration.policy.template.algorithm = "RS256"
        registration.manual.redirectURIs = ["http://localhost/"]
        let verdict = try registration.verdict()
        let template = verdict.findings.filter { $0.rule == .bankTemplate }
        #expect(template.count == 3)
        #expect(template.allSatisfy { $0.code == nil && $0.status == 500 && $0.message.contains("R-03") })
        #expect(verdict.findings.map(\.rule) == verdict.findings.map(\.rule).sorted())
        #expect(verdict.primary?.rule == .redirectScheme)
    }
}
