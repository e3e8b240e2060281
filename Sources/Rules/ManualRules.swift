import Crypto
import Encoding
import JOSE
import OpenBanking

/// Manual registration through the bank's portal, and which operations the bank offers.
let manualRules: [Rule] = [
    Rule(
        .updateComplete,
        "an update carries the full request with a valid software statement",
        source: "OB DCR 3.3, PUT /register/{ClientId}",
        reports: .invalidClientMetadata,
        needs: [.record],
        remedy: "Name the client by client_id and send the whole request again."
    ) { r in
        r.operation == .update && r.clientID?.isEmpty != false ? Fault("an update record must carry client_id") : nil
    },
    Rule(
        .operationEnabled,
        "the bank offers this operation",
        source: "OB client registration API 3.3, 405",
        reports: nil,
        needs: [.record],
        status: 405,
        settings: ["policy.operations"],
        note: "Decides before every other rule: nothing the TPP could mend would change the answer.",
        remedy: "Answer 405; the bank switched this operation off."
    ) { r in
        r.policy.operations.contains(r.operation)
            ? nil : Fault("this operation is switched off", value: r.operation.rawValue)
    },
    Rule(
        .identityToken,
        "the directory's id_token is valid: issuer, audience, times, signature",
        source: "OpenID Connect Core section 3.1.3.7",
        reports: nil,
        configurable: false,
        needs: [.manual],
        status: 500,
        settings: ["directory.idp"],
        note:
            "The portal logged the person in: the TPP sent none of it, so it is answered 500. RS256 is taken here alone: identity providers sign with it.",
        remedy: "Log in at the directory again and repeat the registration at the portal.",
        check: identityIsProven
    ),
    Rule(
        .associated,
        "tpp_associated is true",
        source: "Open Banking manual client registration",
        reports: .unapprovedSoftwareStatement,
        configurable: false,
        needs: [.manual, .identity],
        remedy: "The person must be associated with the organisation in the directory."
    ) { r in
        guard let value = r.identity.claims[.associated] else {
            return Fault("tpp_associated is missing from the id_token")
        }
        if value.bool == true || value.text?.equals("true") == true { return nil }
        return Fault("tpp_associated is not true")
    },
    Rule(
        .portalOrganisation,
        "the person's organisation is the software statement's",
        source: "Open Banking manual client registration, the person's organisation",
        reports: .unapprovedSoftwareStatement,
        needs: [.manual, .identity, .statementTrusted],
        settings: ["directory.idp.organisation_claims"],
        remedy: "Register software of one's own organisation only."
    ) { r in
        guard let organisation = r.statedText(.organisationID) else { return nil }
        let claims = r.identity.document.root
        for name in r.policy.organisationClaims {
            guard let claimed = claims[name], !claimed.isNull, claimed.text?.equals(organisation) != true else {
                continue
            }
            return Fault("the person's organisation is not the software statement's", claimed.text ?? ByteSlice(""))
        }
        return nil
    },
    Rule(
        .applicationCertificate,
        "a manual registration carries the application's certificate",
        source: "Open Banking manual client registration, regulatory applications",
        reports: .invalidClientMetadata,
        needs: [.manual],
        remedy: "Upload the application's transport certificate at the portal."
    ) { r in
        if let why = r.certificateFault { return Fault("the application certificate cannot be read: \(why)") }
        return r.certificateText == nil ? Fault("the record carries no application certificate") : nil
    },
]

private func identityIsProven(_ r: Evidence) -> Fault? {
    guard let provider = r.policy.identityProvider else {
        return Fault("manual registration is not configured: directory.identity_provider is missing")
    }
    guard r.record[.idToken]?.text != nil else { return Fault("the record carries no id_token") }
    if let fault = r.identity.framingFault { return Fault("the id_token is not a compact JWS: \(fault)") }
    if let fault = jsonFault(r.identity, of: "the id_token") { return fault }
    return identityHeaderFault(r) ?? identityKeyFault(r, provider) ?? identityClaimFault(r, provider)
}

private func identityHeaderFault(_ r: Evidence) -> Fault? {
    let header = r.identity.header
    return algorithmFault(header, allowed: [.PS256, .ES256, .RS256]) ?? keyIDFault(header) ?? embeddedKeyFault(header)
        ?? criticalFault(header) ?? unencodedFault(header)
}

private func identityKeyFault(_ r: Evidence, _ provider: IdentityProvider) -> Fault? {
    let wanted = WantedKey(url: provider.keysURL, kind: .directory, keyID: r.identity.header?.keyID?.string)
    guard let keys = r.identityKeys, keys.state(at: r.now) != .unusable else {
        return .waiting("the identity provider's keys are not in the cache, or too old", for: wanted)
    }
    guard let key = r.identityKey else {
        return keys.fetchedAt > r.arrivedAt
            ? Fault(
                "the identity provider publishes no key with this kid",
                value: wanted.keyID.map { Printable.text($0) }
            )
            : .waiting("the identity provider's key is not in the cache", for: wanted)
    }
    if r.policy.deniedKeys.contains(key.key.spkiSHA256) {
        return Fault("the identity provider's key is on the bank's deny list", value: keyName(key))
    }
    if let fault = refusalFault(key, header: r.identity.header, owner: "identity provider's") { return fault }
    if case .revoked? = r.identityStanding {
        return Fault("the identity provider's key is revoked", value: keyName(key))
    }
    let signedAt = r.identity.claims[.issuedAt]?.integral ?? r.now
    if let fault = standingFault(
        r.identityStanding,
        signedAt: signedAt,
        now: r.now,
        wanted,
        owner: "identity provider's"
    ) {
        return fault
    }
    return r.identitySigned ? nil : Fault("the id_token's signature does not verify", value: keyName(key))
}

private func identityClaimFault(_ r: Evidence, _ provider: IdentityProvider) -> Fault? {
    let claims = r.identity.claims
    guard claims[.issuer]?.text?.equals(provider.issuer) == true else {
        return Fault("iss of the id_token is not the identity provider")
    }
    guard audienceHolds(claims[.audience], provider.clientID) else {
        return Fault("aud of the id_token is not this bank")
    }
    if let party = claims[.authorizedParty], !party.isNull, party.text?.equals(provider.clientID) != true {
        return Fault("azp of the id_token is not this bank", party.text ?? ByteSlice(""))
    }
    guard let end = claims[.expiresAt]?.integral, end >= 0 else { return Fault("the id_token has no exp") }
    if r.arrival - r.policy.clockSkew > end {
        return Fault("the id_token has expired", value: Timestamp.rfc3339(end))
    }
    guard let issued = claims[.issuedAt]?.integral, issued >= 0 else { return Fault("the id_token has no iat") }
    if issued > r.now + r.policy.clockSkew {
        return Fault("iat of the id_token is in the future", value: Timestamp.rfc3339(issued))
    }
    guard let expected = r.record[.nonce]?.text else { return nil }
    return claims[.nonce]?.text?.equals(expected) == true ? nil : Fault("nonce of the id_token is not the portal's")
}

private func audienceHolds(_ value: JSONValue?, _ clientID: String) -> Bool {
    if let text = value?.text { return text.equals(clientID) }
    var found = false
    value?.forEachElement { found = found || $0.text?.equals(clientID) == true }
    return found && value?.count == 1
}
