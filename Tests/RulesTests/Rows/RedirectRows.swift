import Encoding
import OpenBanking

@testable import Rules
@testable import Simulator

/// Redirect URIs: every one counts; the forms of a URI are in RedirectURITests.
let redirectRows: [Row] = [
    Row(.redirectForm, "user information", and: [.redirectListed]) { $0.add("https://u:p@app0.example/callback") },
    Row(.redirectForm, "no URI at all", and: [.redirectListed]) { $0.add("callback") },
    Row(.redirectForm, "an empty string", and: [.redirectListed]) { $0.add("") },
    Row(.redirectForm, "257 bytes") { $0.addListed(uri(257)) },
    Row(good: "256 bytes") { $0.addListed(uri(256)) },
    Row(.redirectScheme, "http") { $0.addListed("http://app0.example/callback") },
    Row(.redirectScheme, "an app's own scheme") { $0.addListed("com.example.app://callback") },
    Row(.redirectScheme, "http whose path says https", and: []) { $0.addListed("http://app0.example/https") },
    Row(.redirectHost, "localhost") { $0.addListed("https://localhost/callback") },
    Row(.redirectHost, "below localhost") { $0.addListed("https://app.localhost/callback") },
    Row(.redirectHost, "127.0.0.1 (conformance test)") { $0.addListed("https://127.0.0.1/callback") },
    Row(.redirectHost, "a private address") { $0.addListed("https://192.168.1.7/callback") },
    Row(.redirectFragment, "a fragment") { $0.addListed("https://app0.example/callback#x") },
    Row(.redirectFragment, "an empty fragment") { $0.addListed("https://app0.example/callback#") },
    Row(.redirectPattern, "a wildcard") { $0.addListed("https://*.app0.example/callback") },
    Row(.redirectPattern, "dot segments") { $0.addListed("https://app0.example/callback/../admin") },
    Row(.redirectPattern, "encoded dot segments") { $0.addListed("https://app0.example/callback/%2E%2e/admin") },
    Row(.redirectListed, "one that the statement does not list") { $0.add("https://app0.example/other") },
    Row(.redirectListed, "a listed one with a slash more") { $0.add($0.software.redirectURIs[0] + "/") },
    Row(.redirectListed, "a listed one with a query") { $0.add($0.software.redirectURIs[0] + "?x=1") },
    Row(.redirectListed, "a listed one in capitals") { $0.add($0.software.redirectURIs[0].uppercased()) },
    Row(.redirectListed, "a listed one's beginning") { $0.add(String($0.software.redirectURIs[0].dropLast())) },
    Row(good: "one of several") { $0.claims["redirect_uris"] = .texts([$0.software.redirectURIs[0]]) },
    Row(good: "a bad URI in the statement that nobody asks for") {
        $0.stated["software_redirect_uris"] = .texts($0.software.redirectURIs + ["https://localhost"])
    },
    Row(good: "all of the statement's usable ones, where the request names none") {
        $0.stated["software_redirect_uris"] = .texts($0.software.redirectURIs + ["https://localhost"])
        $0.claims["redirect_uris"] = nil
    },
    Row(good: "one that comes twice") { $0.add($0.software.redirectURIs[0]) },
    Row(.statementRedirects, "a statement without URIs", and: [.redirectListed]) {
        $0.stated["software_redirect_uris"] = nil
    },
    Row(.statementRedirects, "a statement with an empty list", and: [.redirectListed]) {
        $0.stated["software_redirect_uris"] = []
    },
    Row(.statementRedirects, "a statement whose list is one string", and: [.redirectListed]) {
        $0.stated["software_redirect_uris"] = .text($0.software.redirectURIs[0])
    },
    Row(.statementRedirects, "no usable URI to fall back on") {
        $0.stated["software_redirect_uris"] = ["https://localhost", "http://app0.example"]
        $0.claims["redirect_uris"] = nil
    },
]

private func uri(_ count: Int) -> String {
    let start = "https://app0.example/"
    return start + String(repeating: "u", count: count - start.utf8.count)
}

extension Registration {
    /// Asks for one URI more, the last one, so that a check of only the first, or of any, misses it.
    mutating func add(_ uri: String) { claims["redirect_uris"] = .texts(software.redirectURIs + [uri]) }

    /// The same, and the statement lists it.
    mutating func addListed(_ uri: String) {
        add(uri)
        stated["software_redirect_uris"] = .texts(software.redirectURIs + [uri])
    }
}
