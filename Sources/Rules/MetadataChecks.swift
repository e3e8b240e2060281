import Encoding
import OpenBanking
import PKIX

/// The authentication methods 3.1 lists, and those later versions list.
private let methodsOf31 = ["private_key_jwt", "tls_client_auth", "client_secret_basic", "client_secret_post"]
private let methods = methodsOf31 + ["client_secret_jwt"]

/// The grants a version lists: CIBA came with 3.3, the JWT bearer grant with 3.4; CIBA before 3.3 is rule R-042's.
private let grantsTo33 = [
    "client_credentials", "authorization_code", "refresh_token", "urn:openid:params:grant-type:ciba",
]
private let grants = grantsTo33 + ["urn:ietf:params:oauth:grant-type:jwt-bearer"]

func methodIsOfThisVersion(_ r: Evidence) -> Fault? {
    choiceFault(r, .authenticationMethod, among: r.policy.profile == .v31 ? methodsOf31 : methods)
}

func grantTypesAreOfThisVersion(_ r: Evidence) -> Fault? {
    guard let value = r.claim(.grantTypes) else { return Fault("grant_types is missing") }
    guard value.kind == .array, value.count > 0 else { return Fault("grant_types is not a non-empty array") }
    let known = r.policy.profile >= .v34 ? grants : grantsTo33
    var fault: Fault?
    var seen = 0
    value.forEachElement { element in
        guard fault == nil else { return }
        guard let text = element.text else {
            fault = Fault("grant_types holds something other than strings")
            return
        }
        guard let index = known.firstIndex(where: { text.equals($0) }) else {
            fault = Fault("grant_types holds a grant that \(r.policy.profile.rawValue) does not know", text)
            return
        }
        if seen & 1 << index != 0 { fault = Fault("grant_types names a grant twice", text) }
        seen |= 1 << index
    }
    return fault
}

/// True for `code id_token` in either order.
func isHybrid(_ text: ByteSlice) -> Bool { text.equals("code id_token") || text.equals("id_token code") }

func responseTypesAreKnown(_ r: Evidence) -> Fault? {
    guard let value = r.claim(.responseTypes) else { return nil }
    guard value.kind == .array, value.count > 0 else { return Fault("response_types is not a non-empty array") }
    var fault: Fault?
    value.forEachElement { element in
        guard fault == nil else { return }
        guard let text = element.text else {
            fault = Fault("response_types holds something other than strings")
            return
        }
        if !text.equals("code"), !isHybrid(text) {
            fault = Fault("response_types holds something other than code and code id_token", text)
        }
    }
    return fault
}

func scopeHasAForm(_ r: Evidence) -> Fault? {
    guard let value = r.claim(.scope) else {
        return r.policy.profile == .v31 ? nil : Fault("scope is missing")
    }
    guard let text = value.text else {
        guard r.policy.profile == .v31, value.kind == .array else { return Fault("scope is not a string") }
        var bad = false
        value.forEachElement { bad = bad || $0.text.map { !isScopeToken($0) } ?? true }
        return bad ? Fault("scope holds something other than scope tokens") : nil
    }
    if text.count > 256 { return Fault("scope is \(text.count) bytes long; at most 256 are allowed", text) }
    return ScopeTokens(text).allSatisfy(isScopeToken) ? nil : Fault("scope is not tokens parted by single spaces", text)
}

/// RFC 6749 section 3.3: printable ASCII but for the quotation mark and the reverse solidus.
private func isScopeToken(_ token: ByteSlice) -> Bool {
    !token.isEmpty && !token.contains { $0 < 0x21 || $0 > 0x7E || $0 == 0x22 || $0 == 0x5C }
}

func subjectIsNamed(_ r: Evidence) -> Fault? {
    guard r.method == .tlsClientAuth else { return nil }
    let names: [RequestClaim] = [.subjectDN, .subjectDNOf31]
    for name in names where r.claim(name) != nil {
        if let fault = presentTextFault(r, name) { return fault }
    }
    switch (r.text(.subjectDN), r.text(.subjectDNOf31)) {
    case (nil, nil): return Fault("tls_client_auth_subject_dn is missing")
    case (let new?, let old?):
        return new == old ? nil : Fault("tls_client_auth_dn differs from tls_client_auth_subject_dn", old)
    default: return nil
    }
}

func subjectIsADN(_ r: Evidence) -> Fault? {
    subjectFault(r, .subjectDN) ?? subjectFault(r, .subjectDNOf31)
}

private func subjectFault(_ r: Evidence, _ name: RequestClaim) -> Fault? {
    guard let text = r.text(name), !text.isEmpty else { return nil }  // an empty one is rule R-034's
    guard text.count <= SubjectClaim.byteLimit else {
        return Fault("\(name.rawValue) is \(text.count) bytes long; at most \(SubjectClaim.byteLimit) are read", text)
    }
    // Where both names are used, what was read is the newer one's.
    let isOther = name == .subjectDNOf31 && r.text(.subjectDN) != nil
    if case .failure(let fault)? = isOther ? SubjectClaim.read(text) : r.subjectName {
        return Fault("\(name.rawValue) is not a distinguished name: \(fault)", text)
    }
    guard text.count > 128, r.policy.profile < .v34 else { return nil }
    return Fault("\(name.rawValue) is \(text.count) bytes long; before 3.4 at most 128 are foreseen", text).asWarning
}
