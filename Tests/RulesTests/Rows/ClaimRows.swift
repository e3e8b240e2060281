import Encoding
import OpenBanking

@testable import Rules
@testable import Simulator

/// The request's own claims: presence and form.
let claimRows: [Row] = [
    Row(.issuerForm, "no iss") { $0.claims["iss"] = nil },
    Row(.issuerForm, "iss is null") { $0.claims["iss"] = .null },
    Row(.issuerForm, "iss is a number") { $0.claims["iss"] = 1 },
    Row(.issuerForm, "an empty iss", and: [.requestIssuer]) { $0.claims["iss"] = "" },
    Row(.issuerForm, "iss of 23 characters", and: [.requestIssuer]) { $0.claims["iss"] = long(23) },
    Row(.issuerForm, "iss with a hyphen", and: [.requestIssuer]) { $0.claims["iss"] = "a-b" },
    Row(.issuedAtForm, "no iat") { $0.claims["iat"] = nil },
    Row(.issuedAtForm, "iat is a string") { $0.claims["iat"] = "1799999940" },
    Row(.issuedAtForm, "iat with a fraction") { $0.claims["iat"] = .raw("1799999940.5") },
    Row(.issuedAtForm, "iat before 1970") { $0.claims["iat"] = -1 },
    Row(.issuedAtForm, "iat in milliseconds") { $0.claims["iat"] = .number(Stage.now * 1000) },
    Row(.issuedAtForm, "iat beyond every integer") { $0.claims["iat"] = .raw("1e30") },
    Row(good: "iat as a whole number with a point") { $0.claims["iat"] = .raw("1799999940.0") },
    Row(.expiresAtForm, "no exp") { $0.claims["exp"] = nil },
    Row(.expiresAtForm, "exp is null") { $0.claims["exp"] = .null },
    Row(.expiresAtForm, "exp is a string") { $0.claims["exp"] = "1800001740" },
    Row(.expiresAtForm, "exp before 1970", and: [.notFuture]) { $0.claims["exp"] = -5 },
    Row(.expiresAtForm, "exp in milliseconds") { $0.claims["exp"] = .number((Stage.now + 600) * 1000) },
    Row(.audienceForm, "no aud") { $0.claims["aud"] = nil },
    Row(.audienceForm, "aud is a number") { $0.claims["aud"] = 5 },
    Row(.audienceForm, "an empty aud", and: [.audience]) { $0.claims["aud"] = "" },
    Row(.audienceForm, "an empty list", and: [.audience]) { $0.claims["aud"] = [] },
    Row(.audienceForm, "a number beside the audience") { $0.claims["aud"] = [.text(Stage.audience), 5] },
    Row(.jwtIDForm, "no jti") { $0.claims["jti"] = nil },
    Row(.jwtIDForm, "jti is a number") { $0.claims["jti"] = 5 },
    Row(.jwtIDForm, "an empty jti") { $0.claims["jti"] = "" },
    Row(.jwtIDForm, "a jti of 256 bytes") { $0.claims["jti"] = long(256) },
    Row(good: "a jti of 255 bytes") { $0.claims["jti"] = long(255) },
    Row(good: "a jti that is no UUID (A-04)") { $0.claims["jti"] = "1751017082113" },
    Row(.statementPresent, "no software_statement") { $0.claims["software_statement"] = nil },
    Row(.statementPresent, "software_statement is null") { $0.claims["software_statement"] = .null },
    Row(.statementPresent, "software_statement is an object") { $0.claims["software_statement"] = .object([:]) },
    Row(.statementPresent, "an empty software_statement") { $0.claims["software_statement"] = "" },
    Row(.softwareIDForm, "software_id is a list (3.1 wrote 0..*)") { $0.claims["software_id"] = ["a"] },
    Row(.softwareIDForm, "an empty software_id", and: [.requestSoftwareID]) { $0.claims["software_id"] = "" },
    Row(.softwareIDForm, "software_id of 23 characters", and: [.requestSoftwareID]) {
        $0.claims["software_id"] = long(23)
    },
    Row(.softwareIDForm, "software_id is null") { $0.claims["software_id"] = .null },
    Row(good: "no software_id") { $0.claims["software_id"] = nil },
    Row(.redirectURIsForm, "redirect_uris is a string") {
        $0.claims["redirect_uris"] = "https://app0.example/callback/0"
    },
    Row(.redirectURIsForm, "an empty list") { $0.claims["redirect_uris"] = [] },
    Row(.redirectURIsForm, "a number in the list") { $0.claims["redirect_uris"] = [5] },
    Row(.redirectURIsForm, "redirect_uris is null") { $0.claims["redirect_uris"] = .null },
    Row(good: "no redirect_uris: all of the statement's (A-03)") { $0.claims["redirect_uris"] = nil },
    Row(good: "a client_id, which is ignored") { $0.claims.append("client_id", "mine") },
    Row(good: "claims nobody knows") { $0.claims.append("x_bank", .object(["a": [1, nil, true]])) },
]

/// What the texts of claims may hold.
let claimTextRows: [Row] = [
    Row(.claimText, "a line feed in jti") { $0.claims["jti"] = "a\nb" },
    Row(.claimText, "a null byte in client_name") { $0.claims.append("client_name", "a\u{0}b") },
    Row(.claimText, "an escape in client_name") { $0.claims.append("client_name", "a\u{1B}[31m") },
    Row(.claimText, "DEL in client_name") { $0.claims.append("client_name", "a\u{7F}") },
    Row(.claimText, "a C1 control in client_name") { $0.claims.append("client_name", "a\u{85}") },
    Row(.claimText, "a line separator in client_name") { $0.claims.append("client_name", "a\u{2028}") },
    Row(.claimText, "a bidirectional override in client_name") { $0.claims.append("client_name", "a\u{202E}") },
    Row(.claimText, "a bidirectional isolate in client_name") { $0.claims.append("client_name", "a\u{2066}") },
    Row(.claimText, "a tab in an audience beside the right one") {
        $0.claims["aud"] = [.text(Stage.audience), "a\tb"]
    },
    Row(.claimText, "a claim of 2,049 bytes") { $0.claims.append("client_name", long(2049)) },
    Row(good: "a claim of 2,048 bytes") { $0.claims.append("client_name", long(2048)) },
    Row(good: "letters of other alphabets") { $0.claims.append("client_name", "Café 東京 Ünïcode 🏦") },
]
