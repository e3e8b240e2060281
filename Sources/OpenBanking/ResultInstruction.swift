package import Encoding

/// What the bank's own systems must do about a result; never part of the answer to the TPP.
package enum ResultInstruction: Sendable, Equatable {
    /// End every access and refresh token of a client that was deleted (rule R-145).
    case invalidateTokens(clientID: String, issuedUntil: UnixTime)
    /// End the access token the caller used: it names a client that is not there, or not its own (rules ).
    case revokeCallersToken(clientID: String)

    func write(to json: inout JSONWriter) {
        json.beginObject()
        switch self {
        case .invalidateTokens(let clientID, let time):
            json.member("do", "invalidate_tokens")
            json.member("client_id", clientID)
            json.member("issued_until", time)
        case .revokeCallersToken(let clientID):
            json.member("do", "revoke_callers_token")
            json.member("client_id", clientID)
        }
        json.endObject()
    }
}
