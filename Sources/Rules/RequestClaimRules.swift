import Encoding
import OpenBanking

/// The request's own claims, one by one; metadata is in MetadataFormRules.
let requestClaimRules: [Rule] =
    [
        Rule(
            .issuerForm,
            "iss is present: 1 to 22 letters and digits",
            source: "OB DCR 3.2 and 3.3, iss",
            reports: .invalidClientMetadata,
            needs: [.requestFramed, .metadata],
            remedy: "Set iss to the software_id of the software statement."
        ) { wordFault($0, .issuer, maximum: 22) },
        Rule(
            .issuedAtForm,
            "iat is present: whole seconds since 1970",
            source: "OB DCR 3.3, iat; RFC 7519 section 2, NumericDate",
            reports: .invalidClientMetadata,
            configurable: false,
            needs: [.requestFramed, .metadata],
            remedy: "Set iat to the time of signing in whole seconds."
        ) { timeFault($0, .issuedAt) },
        Rule(
            .expiresAtForm,
            "exp is present: whole seconds since 1970",
            source: "OB DCR 3.3, exp",
            reports: .invalidClientMetadata,
            configurable: false,
            needs: [.requestFramed, .metadata],
            remedy: "Set exp to a time shortly after iat, in whole seconds."
        ) { timeFault($0, .expiresAt) },
        Rule(
            .audienceForm,
            "aud is present: a string or an array of strings",
            source: "OB DCR 3.3, aud; RFC 7519 section 4.1.3",
            reports: .invalidClientMetadata,
            needs: [.requestFramed, .metadata],
            settings: ["policy.audiences"],
            remedy: "Set aud to the bank's organisation id in the directory.",
            check: audienceHasAForm
        ),
        Rule(
            .audienceShape,
            "aud is an organisation id where the bank configured no audience",
            source: "OB DCR 3.3, aud",
            reports: .invalidClientMetadata,
            severity: .warning,
            needs: [.requestFramed, .metadata],
            settings: ["policy.audiences"],
            remedy: "Set aud to the bank's organisation id: 1 to 18 letters and digits.",
            check: audienceIsAnOrganisation
        ),
        Rule(
            .jwtIDForm,
            "jti is present: 1 to 255 bytes",
            source: "OB DCR 3.3, jti",
            reports: .invalidClientMetadata,
            configurable: false,
            needs: [.requestFramed, .metadata],
            remedy: "Give every request a jti of its own."
        ) { boundedFault($0, .jwtID, maximum: 255) },
        Rule(
            .jwtIDIsUUID,
            "jti is a UUID of version 4",
            source: "OB DCR 3.3, jti (A-04)",
            reports: .invalidClientMetadata,
            severity: .warning,
            strictly: .error,
            needs: [.requestFramed, .metadata],
            settings: ["policy.strict"],
            remedy: "Use a random UUID (version 4) as jti."
        ) { r in
            guard let text = r.text(.jwtID), !text.isEmpty, !Words.isUUIDv4(text) else { return nil }
            return Fault("jti is not a UUID of version 4", text)
        },
        Rule(
            .statementPresent,
            "software_statement is present and a non-empty string",
            source: "OB DCR 3.3, software_statement; RFC 7591 section 2.3",
            reports: .invalidSoftwareStatement,
            configurable: false,
            needs: [.dynamic, .metadata],
            remedy: "Put the directory's software statement into software_statement."
        ) { presentTextFault($0, .softwareStatement) },
        Rule(
            .softwareIDForm,
            "software_id, where present, is 1 to 22 letters and digits",
            source: "OB DCR 3.2 and 3.3, software_id",
            reports: .invalidClientMetadata,
            configurable: false,
            needs: [.dynamic, .metadata],
            remedy: "Leave software_id out or repeat the software statement's."
        ) { $0.claim(.softwareID) == nil ? nil : wordFault($0, .softwareID, maximum: 22) },
        Rule(
            .redirectURIsForm,
            "redirect_uris, where present, is a non-empty array of strings",
            source: "OB DCR 3.3, redirect_uris (A-03)",
            reports: .invalidClientMetadata,
            needs: [.metadata],
            remedy:
                "List at least one redirect URI of the software statement, or leave the claim out to take all of them.",
            check: redirectURIsHaveAForm
        ),
        Rule(
            .clientIDIgnored,
            "a client_id in a registration is ignored",
            source: "OB DCR 3.3, client_id",
            reports: nil,
            severity: .info,
            configurable: false,
            needs: [.dynamic, .metadata],
            remedy: "Nothing to do: the bank chooses the client_id."
        ) { r in
            guard r.operation == .register, let text = r.text(.clientID) else { return nil }
            return Fault("client_id is ignored in a registration", text)
        },
        Rule(
            .claimText,
            "no claim holds control characters, and none is longer than 2 KiB but the software statement",
            source: "OB client registration API 3.3, maxLength",
            reports: .invalidClientMetadata,
            configurable: false,
            needs: [.metadata],
            remedy: "Remove control characters and shorten the value.",
            check: claimsAreCleanText
        ),
        Rule(
            .unknownClaims,
            "claims this version does not know are ignored",
            source: "OB DCR 3.3; RFC 7591 section 2",
            reports: .invalidClientMetadata,
            severity: .info,
            strictly: .error,
            needs: [.metadata],
            settings: ["policy.strict"],
            remedy: "Nothing to do, unless the claim was meant to have an effect.",
            check: claimsAreKnown
        ),
    ] + metadataFormRules

private func audienceHasAForm(_ r: Evidence) -> Fault? {
    guard let value = r.claim(.audience) else { return Fault("aud is missing") }
    if let text = value.text { return text.isEmpty ? Fault("aud is empty") : nil }
    guard value.kind == .array, value.count > 0 else { return Fault("aud is neither a string nor an array of strings") }
    var bad = false
    value.forEachElement { bad = bad || $0.text?.isEmpty != false }
    return bad ? Fault("aud holds something other than non-empty strings") : nil
}

private func audienceIsAnOrganisation(_ r: Evidence) -> Fault? {
    guard r.policy.audiences.isEmpty, let value = r.claim(.audience) else { return nil }
    var foreign: ByteSlice?
    func look(_ text: ByteSlice) {
        if foreign == nil, !text.isEmpty, !Words.isWord(text, maximum: 18) { foreign = text }
    }
    if let text = value.text { look(text) } else { value.forEachElement { $0.text.map(look) } }
    return foreign.map {
        Fault("aud is not an organisation id, and no audience is configured to compare it with", $0)
    }
}

private func redirectURIsHaveAForm(_ r: Evidence) -> Fault? {
    guard let value = r.claim(.redirectURIs) else {
        return Fault("redirect_uris is absent: every usable one of the software statement is registered").asWarning
    }
    guard value.kind == .array else { return Fault("redirect_uris is not an array") }
    guard value.count > 0 else { return Fault("redirect_uris is empty") }
    var bad = false
    value.forEachElement { bad = bad || $0.text == nil }
    return bad ? Fault("redirect_uris holds something other than strings") : nil
}

/// The most bytes of one text.
private let plainLimit = 2048
private let plainClaims = RequestClaim.allCases.filter { $0 != .softwareStatement }

private func claimsAreCleanText(_ r: Evidence) -> Fault? {
    for name in plainClaims where !r.request.claims.isPlain(name, maximum: plainLimit) {
        guard let value = r.claim(name) else { continue }
        if let fault = textFault(value, name) { return fault }
    }
    return nil
}

private func textFault(_ value: JSONValue, _ name: RequestClaim) -> Fault? {
    if let text = value.text { return textFault(text, name) }
    guard value.kind == .array else { return nil }
    var fault: Fault?
    value.forEachElement { element in
        if fault == nil, let text = element.text { fault = textFault(text, name) }
    }
    return fault
}

private func textFault(_ text: ByteSlice, _ name: RequestClaim) -> Fault? {
    if Words.hasControl(text) { return Fault("\(name.rawValue) holds control characters", text) }
    guard text.count > plainLimit else { return nil }
    return Fault("\(name.rawValue) is \(text.count) bytes long; at most \(plainLimit) are allowed")
}

private func claimsAreKnown(_ r: Evidence) -> Fault? {
    var names: [String] = []
    r.request.claims.forEachUnknown { name, _ in
        if names.count < 8 { names.append(Printable.text(name, limit: 40)) }
    }
    return names.isEmpty ? nil : Fault("unknown claims are ignored", value: names.joined(separator: ", "))
}
