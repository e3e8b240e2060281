package import Encoding

/// What a registration is given: its client id and, for secret methods, its secret (rules ).
///
/// The secret exists only here, in the result file and at the TPP; the ledger keeps a keyed hash of it.
package struct IssuedCredentials {
    package var clientID: ByteSlice
    package var secret: ByteSlice?
    package var issuedAt: UnixTime

    package init(clientID: ByteSlice, secret: ByteSlice?, issuedAt: UnixTime) {
        self.clientID = clientID
        self.secret = secret
        self.issuedAt = issuedAt
    }
}
