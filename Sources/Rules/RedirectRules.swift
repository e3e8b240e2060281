import Encoding
import OpenBanking

/// Redirect URIs: every one is looked at, never the first or any.
let redirectRules: [Rule] = [
    Rule(
        .redirectForm,
        "each redirect URI is an absolute URI of at most 256 bytes without user information",
        source: "OB DCR 3.3, redirect_uris; RFC 3986",
        reports: .invalidRedirectURI,
        configurable: false,
        needs: [.metadata],
        remedy: "Register plain absolute https URIs."
    ) { r in
        eachRead(r) { text, read in
            if text.count > 256 { return "is \(text.count) bytes long; at most 256 are allowed" }
            if let read { return read.userInfo ? "carries user information" : nil }
            guard case .failure(let fault) = RedirectURI.parse(text) else { return nil }
            return fault.message
        }
    },
    Rule(
        .redirectScheme,
        "each redirect URI is https",
        source: "OB DCR 3.3, redirect_uris",
        reports: .invalidRedirectURI,
        needs: [.metadata],
        remedy: "Register https URIs only."
    ) { r in eachParsedRedirect(r) { $0.isHTTPS ? nil : "is not https" } },
    Rule(
        .redirectHost,
        "no redirect URI leads to a local host",
        source: "OB DCR 3.3, redirect_uris (localhost); conformance tests",
        reports: .invalidRedirectURI,
        needs: [.metadata],
        remedy: "Register URIs on public hosts."
    ) { r in eachParsedRedirect(r) { $0.isLocal ? "leads to a local host" : nil } },
    Rule(
        .redirectFragment,
        "no redirect URI has a fragment",
        source: "RFC 6749 section 3.1.2",
        reports: .invalidRedirectURI,
        configurable: false,
        needs: [.metadata],
        remedy: "Register URIs without #."
    ) { r in eachParsedRedirect(r) { $0.hasFragment ? "has a fragment" : nil } },
    Rule(
        .redirectPattern,
        "no redirect URI has wildcards or dot segments",
        source: "RFC 9700 section 4.1.3",
        reports: .invalidRedirectURI,
        needs: [.metadata],
        remedy: "Register each URI in full."
    ) { r in
        eachRead(r) { text, read in
            if text.firstIndex(of: UInt8(ascii: "*")) != nil { return "holds a wildcard" }
            return read?.hasDotSegments == true ? "holds dot segments" : nil
        }
    },
    Rule(
        .redirectListed,
        "each redirect URI is, byte for byte, one of the software statement's",
        source: "OB DCR 3.3, redirect_uris; RFC 7591 section 2.3",
        reports: .invalidRedirectURI,
        needs: [.metadata, .statementTrusted],
        note:
            "Compared byte for byte: normalising both sides first is how redirects were stolen elsewhere.",
        remedy: "Add the URI to the software in the directory and ask for a new software statement, or leave it out."
    ) { r in
        eachRedirect(r) { isListed($0, r) ? nil : "is not among the software statement's redirect URIs" }
    },
    Rule(
        .statementRedirects,
        "the software statement lists redirect URIs",
        source: "OB DCR 3.3, redirect_uris; Directory API",
        reports: .invalidRedirectURI,
        needs: [.metadata, .statementTrusted],
        remedy: "Add redirect URIs to the software in the directory and ask for a new software statement."
    ) { r in
        guard let value = r.stated(.redirectURIs), value.kind == .array, value.count > 0 else {
            return Fault("the software statement lists no redirect URIs")
        }
        guard r.claim(.redirectURIs) == nil else { return nil }
        return DefaultRedirects.uris(r).isEmpty
            ? Fault("none of the software statement's redirect URIs can be registered") : nil
    },
    Rule(
        .redirectRepeated,
        "no redirect URI comes twice",
        source: "Counterfoil",
        reports: nil,
        severity: .warning,
        configurable: false,
        needs: [.metadata],
        remedy: "Name each URI once."
    ) { r in
        var position = -1
        return eachRedirect(r) { text in
            position += 1
            return isListedBefore(position, text, r) ? "comes twice" : nil
        }
    },
    Rule(
        .statementRedirectQuality,
        "the software statement's other redirect URIs are usable too",
        source: "Directory API (localhost is not blocked there)",
        reports: .invalidRedirectURI,
        severity: .warning,
        needs: [.statementTrusted],
        remedy: "Remove the URI from the software in the directory."
    ) { r in
        var fault: Fault?
        r.stated(.redirectURIs)?.forEachElement { element in
            guard fault == nil, let text = element.text, !isUsable(text, r) else { return }
            fault = Fault("the software statement lists a redirect URI that could not be registered", text)
        }
        return fault
    },
]

/// Returns a fault naming every redirect URI for which `check` says something.
private func eachRedirect(_ r: Evidence, _ check: (ByteSlice) -> String?) -> Fault? {
    var first: (String, ByteSlice)?
    var count = 0
    r.claim(.redirectURIs)?.forEachElement { element in
        guard let text = element.text, let why = check(text) else { return }
        count += 1
        if first == nil { first = (why, text) }
    }
    guard let (why, text) = first else { return nil }
    return Fault(count == 1 ? "a redirect URI \(why)" : "\(count) redirect URIs are wrong; the first \(why)", text)
}

private func eachParsedRedirect(_ r: Evidence, _ check: (RedirectURI) -> String?) -> Fault? {
    eachRead(r) { _, read in
        read.flatMap(check)  // nil is rule R-102's
    }
}

/// The same with each URI taken apart, as far as it can be.
private func eachRead(
    _ r: Evidence,
    _ check: (ByteSlice, RedirectURI?) -> String?
) -> Fault? {
    var place = -1
    return eachRedirect(r) { text in
        place += 1
        return check(text, r.redirects[place])
    }
}

/// Whether one of the statement's URIs could be registered; one the request names too has been taken apart already.
private func isUsable(_ text: ByteSlice, _ r: Evidence) -> Bool {
    var read: RedirectURI?
    var place = 0
    r.claim(.redirectURIs)?.forEachElement { element in
        guard let requested = element.text else { return }
        if read == nil, requested.equals(text) { read = r.redirects[place] }
        place += 1
    }
    return read.map { DefaultRedirects.isUsable(text, $0) } ?? DefaultRedirects.isUsable(text)
}

private func isListedBefore(_ position: Int, _ text: ByteSlice, _ r: Evidence) -> Bool {
    var index = 0
    var found = false
    r.claim(.redirectURIs)?.forEachElement { element in
        guard let other = element.text else { return }
        found = found || (index < position && other.equals(text))
        index += 1
    }
    return found
}

private func isListed(_ text: ByteSlice, _ r: Evidence) -> Bool {
    var found = false
    r.stated(.redirectURIs)?.forEachElement { found = found || $0.text?.equals(text) == true }
    return found
}
