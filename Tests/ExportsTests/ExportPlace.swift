import Crypto
import Encoding
import Foundation
import Ledger
import OpenBanking

@testable import Exports

/// A ledger, a spool with results and a folder to export into, gone with the object.
final class ExportPlace {
    static let now: UnixTime = 1_795_341_600
    static let key = [UInt8](repeating: 9, count: 32)

    let root: String
    let ledger: Ledger
    var folder: String { "\(root)/out" }
    var spool: String { "\(root)/spool" }

    init() throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("exports-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        root = url.path
        ledger = try Ledger.open("\(root)/ledger.sqlite")
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    /// Issues clients in one group, as requests of a batch or of files; writes no results.
    func issue(_ clients: [ClientRecord], results: String? = nil) throws {
        try ledger.group("g", at: Self.now) { group throws(LedgerError) in
            for (index, client) in clients.enumerated() {
                let entry = RequestEntry(
                    requestSHA256: client.requestSHA256,
                    jtiKey: nil,
                    resultName: results ?? "results/2026-11-22/\(client.clientID).json",
                    line: results == nil ? nil : index + 1,
                    decidedAt: Self.now,
                    isRetry: false
                )
                guard case .new(let number) = try group.enter(entry) else { continue }
                try group.clients.issue(client)
                try group.finish(number, .accepted, clientID: client.clientID)
            }
        }
    }

    /// Changes clients in a group of its own, as an update of each would.
    func change(_ body: (LedgerGroup) throws(LedgerError) -> Void) throws {
        try ledger.group("h", at: Self.now + 60) { group throws(LedgerError) in
            try body(group)
            group.count(.accepted)
        }
    }

    func write(_ text: String, to name: String) throws {
        let url = URL(fileURLWithPath: "\(root)/\(name)")
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    func export(_ order: ExportOrder, secrets: Bool = false, unseal: SecretSource.Unsealing? = nil) throws
        -> ExportOutcome
    {
        let source = secrets ? SecretSource(folder: spool, key: Self.key, unseal: unseal) : nil
        return try ExportRun(order, from: ledger, into: folder, secrets: source, at: Self.now).run()
    }

    func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")), as: UTF8.self)
    }

    var names: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    /// A client whose metadata has `extra` members.
    static func client(_ id: String, method: String = "private_key_jwt", secret: String? = nil, extra: String = "")
        -> ClientRecord
    {
        ClientRecord(
            clientID: id,
            softwareID: "4W5rH0kTgqmQBMwLNsTx",
            organisationID: "0015800001041RHAAY",
            environment: .sandbox,
            channel: .dcr,
            authenticationMethod: method,
            secretHash: secret.map { HMACSHA256.tag(key: key, Array($0.utf8)) },
            issuedAt: now,
            requestSHA256: .of("request of \(id)"),
            summary: """
                {"client_id":"\(id)","client_id_issued_at":\(now),"redirect_uris":["https://tpp.example/cb"],\
                "token_endpoint_auth_method":"\(method)","grant_types":["authorization_code","refresh_token",\
                "client_credentials"],"response_types":["code id_token"],"scope":"openid accounts",\
                "id_token_signed_response_alg":"PS256","request_object_signing_alg":"PS256",\
                "application_type":"web",\(extra)"software_client_name":"Example \\u003cTPP\\u003e",\
                "org_name":"Example Org","software_jwks_endpoint":"https://keystore.example/o/s.jwks",\
                "software_id":"4W5rH0kTgqmQBMwLNsTx"}
                """
        )
    }

    /// A result as it is written, with a secret in its response.
    static func result(_ id: String, secret: String) -> String {
        """
        {"v":1,"ref":null,"source":{"file":"x"},"request_sha256":"\(String(repeating: "0", count: 64))",\
        "outcome":"accepted","response":{"client_id":"\(id)","client_secret":"\(secret)"},"findings":[],"evidence":{}}
        """
    }
}
