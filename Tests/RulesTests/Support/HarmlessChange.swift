@testable import Simulator

/// Says which changes of a good request's claims are harmless; written from the rule book, not from the rules.
struct HarmlessChange {
    let good: DraftMembers
    let roles: [String]

    func allows(_ name: String, _ value: DraftValue?) -> Bool {
        if value == good[name] { return true }
        switch name {
        case "iat": return seconds(value).map { $0 >= 0 && $0 <= Stage.now + 60 && $0 < number("exp") } ?? false
        case "exp":
            return seconds(value).map { $0 >= Stage.now - 60 && $0 > number("iat") && $0 <= 100_000_000_000 } ?? false
        case "aud": return audience(value)
        case "jti": return text(value).map { (1...255).contains($0.utf8.count) && isClean($0) } ?? false
        case "redirect_uris": return redirects(value)
        case "grant_types": return grants(value)
        case "response_types": return responses(value)
        case "scope": return text(value).map(scope) ?? false
        case "application_type": return ["web", "mobile", "native"].contains(text(value))
        case "id_token_signed_response_alg", "request_object_signing_alg", "token_endpoint_auth_signing_alg":
            return ["PS256", "ES256"].contains(text(value))
        case "software_id": return value == nil
        case "client_name": return clean(value)
        default: return false  // iss, token_endpoint_auth_method, software_statement: only as they were
        }
    }

    private func text(_ value: DraftValue?) -> String? {
        if case .text(let text)? = value { return text }
        return nil
    }

    private func texts(_ value: DraftValue?) -> [String]? {
        guard case .list(let values)? = value else { return nil }
        let texts = values.compactMap { text($0) }
        return texts.count == values.count ? texts : nil
    }

    private func number(_ name: String) -> Int64 { seconds(good[name]) ?? 0 }

    private func seconds(_ value: DraftValue?) -> Int64? {
        switch value {
        case .number(let number): number
        case .raw(let text): Double(text).flatMap { $0.rounded() == $0 && abs($0) < 1e15 ? Int64($0) : nil }
        default: nil
        }
    }

    private func isClean(_ text: String) -> Bool { !text.unicodeScalars.contains { $0 == "\u{1}" || $0 == "\u{202E}" } }

    private func clean(_ value: DraftValue?) -> Bool {
        switch value {
        case .text(let text): isClean(text) && text.utf8.count <= 2048
        case .list(let values): values.allSatisfy { text($0).map(isClean) ?? true }
        default: true
        }
    }

    private func audience(_ value: DraftValue?) -> Bool {
        guard let texts = texts(value) else { return false }
        return texts.contains(Stage.audience) && !texts.contains("") && texts.allSatisfy(isClean)
    }

    private func redirects(_ value: DraftValue?) -> Bool {
        guard let value else { return true }
        guard let texts = texts(value), let listed = self.texts(good["redirect_uris"]) else { return false }
        return !texts.isEmpty && texts.allSatisfy(listed.contains)
    }

    private func grants(_ value: DraftValue?) -> Bool {
        guard let texts = texts(value), Set(texts).count == texts.count else { return false }
        let known = ["client_credentials", "authorization_code", "refresh_token", "urn:openid:params:grant-type:ciba"]
        return texts.contains("authorization_code") && texts.allSatisfy(known.contains) && !texts.contains(known[3])
    }

    private func responses(_ value: DraftValue?) -> Bool {
        guard let value else { return true }
        guard let texts = texts(value), !texts.isEmpty else { return false }
        return texts.allSatisfy { ["code", "code id_token", "id_token code"].contains($0) }
    }

    private func scope(_ text: String) -> Bool {
        let tokens = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        var allowed = ["openid"]
        if roles.contains("AISP") { allowed.append("accounts") }
        if roles.contains("PISP") { allowed.append("payments") }
        if roles.contains("CBPII") { allowed.append("fundsconfirmations") }
        return text.utf8.count <= 256 && tokens.contains("openid") && tokens.allSatisfy(allowed.contains)
    }
}
