package import Encoding

/// A client the bank registered long ago, as a migration batch brings it: ids and secret stay what they are.
///
/// The secret is only ever copied into the result that echoes it and hashed for the ledger.
package struct ExistingClient {
    package var clientID: ByteSlice
    /// The secret in the clear, where the record brings it.
    package var secret: ByteSlice?
    /// The bank's own hash of the secret, in a form of its own, where the record brings that instead.
    package var secretHash: ByteSlice?
    /// When the bank registered the client, by its own records: the evidence time.
    package var registeredAt: UnixTime?

    package init(clientID: ByteSlice, secret: ByteSlice?, secretHash: ByteSlice?, registeredAt: UnixTime?) {
        self.clientID = clientID
        self.secret = secret
        self.secretHash = secretHash
        self.registeredAt = registeredAt
    }
}
