import Encoding
import OpenBanking
import Rules

/// The registered metadata as the ledger keeps it for reads and exports: everything of the response but the statement and the secret.
struct ClientSummary {
    private let text = ByteBuffer(capacity: 2048)

    private static let requested = RequestClaim.allCases.filter { !$0.isRequestOnly && $0 != .softwareStatement }
    private static let requestedNames = JSONNames(requested.map(\.rawValue))
    private static let stated: [StatementClaim] = [
        .clientName, .organisationName, .softwareKeys, .logoURI, .policyURI, .termsURI,
    ]
    private static let statedNames = JSONNames(stated.map(\.rawValue))

    /// Returns the metadata of an accepted request as JSON text.
    func write(_ evidence: Evidence, clientID: ByteSlice, issuedAt: UnixTime) -> String {
        text.removeAll()
        var json = JSONWriter(text)
        json.beginObject()
        json.member("client_id", clientID)
        json.member("client_id_issued_at", issuedAt)
        for (position, claim) in Self.requested.enumerated() {
            guard let place = evidence.request.claims.place(of: claim) else { continue }
            json.member(position, of: Self.requestedNames, at: place, in: evidence.request.document)
        }
        for (position, claim) in Self.stated.enumerated() {
            guard let place = evidence.statement.claims.place(of: claim) else { continue }
            json.member(position, of: Self.statedNames, at: place, in: evidence.statement.document)
        }
        if evidence.claim(.softwareID) == nil, let id = evidence.statedText(.softwareID) {
            json.member("software_id", id)
        }
        if evidence.claim(.redirectURIs) == nil {
            json.name("redirect_uris")
            json.beginArray()
            for uri in DefaultRedirects.uris(evidence) { json.string(uri) }
            json.endArray()
        }
        json.endObject()
        return text.all.string
    }
}
