import Crypto
import Encoding
import Ledger
import OpenBanking
import Operations

/// Clients as people read them.
enum ClientsScreen {
    /// Places of each column of the list but the last; a list is written page by page, so they are fixed.
    private static let widths = [36, 10, 19, 10, 18, 22]

    static let head = row(["CLIENT", "STATE", "METHOD", "SINCE", "ORGANISATION", "SOFTWARE", "NAME"])

    static func line(_ client: ClientRecord) -> String {
        row([
            Printable.text(client.clientID), client.isDeleted ? "deleted" : "registered",
            Printable.text(client.authenticationMethod), Timestamp.day(client.issuedAt),
            Printable.text(client.organisationID), Printable.text(client.softwareID),
            ClientMetadata(client).name ?? "",
        ])
    }

    static func details(_ client: ClientRecord, _ result: PriorResult?, now: UnixTime) -> String {
        let metadata = ClientMetadata(client)
        var table = TextTable(columns: [.left, .left], indent: 2)
        func add(_ label: String, _ value: String?) { if let value, !value.isEmpty { table.add([label, value]) } }
        add("name", metadata.name)
        add("organisation", organisation(client, metadata))
        add("software", Printable.text(client.softwareID))
        add("environment", "\(client.environment.rawValue), by \(client.channel.rawValue)")
        add("issued", moment(client.issuedAt, now) + (client.origin == .migrated ? ", taken over by a migration" : ""))
        add("updated", client.updatedAt == client.issuedAt ? nil : moment(client.updatedAt, now))
        add("deleted", client.deletedAt.map { moment($0, now) })
        add("method", Printable.text(client.authenticationMethod) + secret(client))
        add("scope", metadata.texts("scope").joined(separator: " "))
        add("grants", metadata.texts("grant_types").joined(separator: ", "))
        for uri in metadata.texts("redirect_uris") { add("redirect", uri) }
        add("keys", metadata.text("software_jwks_endpoint"))
        add("certificate", client.certificateFingerprint.map { "sha256 \($0)" })
        add("request", "sha256 \(client.requestSHA256.hex)")
        add("result", result.map { $0.resultName + ($0.line.map { ", line \($0)" } ?? "") })
        return "\(Printable.text(client.clientID))   \(client.isDeleted ? "deleted" : "registered")\n" + table.text
    }

    private static func organisation(_ client: ClientRecord, _ metadata: ClientMetadata) -> String {
        let id = Printable.text(client.organisationID)
        let number = client.organisationIdentifier.map { ", \(Printable.text($0))" } ?? ""
        return metadata.text("org_name").map { "\($0) (\(id)\(number))" } ?? "\(id)\(number)"
    }

    /// What the ledger has of a secret: never the secret.
    private static func secret(_ client: ClientRecord) -> String {
        if client.secretHash != nil { return ", the ledger keeps a keyed hash of its secret" }
        return client.givenHash == nil ? "" : ", the ledger keeps the hash of its secret that the bank brought"
    }

    private static func moment(_ time: UnixTime, _ now: UnixTime) -> String {
        "\(Timestamp.rfc3339(time)) (\(Age.relative(time, now: now)))"
    }

    private static func row(_ cells: [String]) -> String {
        var line = ""
        for (index, cell) in cells.enumerated() where index < cells.count {
            line += cell
            guard index < widths.count else { continue }
            line += String(repeating: " ", count: max(0, widths[index] - cell.count) + 2)
        }
        while line.last == " " { line.removeLast() }
        return line + "\n"
    }
}
