import Crypto
import Encoding
import Ledger
import OpenBanking
import Rules

/// What a worker found out about one request, for the committer to decide on.
struct Judgement {
    /// Where it stands in its group: line or file, from 0.
    var index: Int
    var verdict: Verdict
    var digest: SHA256Digest
    /// The key of (iss, jti), where the request's own signature verified.
    var jtiKey: SHA256Digest?
    var statementKey: SHA256Digest?
    var operation: Operation
    var certificate: PresentedCertificate
    /// The result as it will be if the ledger knows nothing against it: bytes in the worker's output.
    var text: ByteSlice
    /// The client to issue, for an accepted registration.
    var client: ClientRecord?
    var reference: String?
    var possession: TLSPossession
    var arrivedAt: UnixTime
    /// True where the request's own times were judged by when the gateway received it.
    var isByReceipt: Bool
    /// The delivery itself in memory of its own, where the committer may have to look at it again: what is in the file by
    /// then counts for nothing.
    var delivery: Delivery?
    /// The client_id that a migrated record brings.
    var existingID: String?

    var outcome: Outcome { verdict.outcome }

    /// True where the committer must look into the ledger before the result can be written.
    var needsLedger: Bool { verdict.outcome == .accepted && operation != .register }
}
