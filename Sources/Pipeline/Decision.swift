import Crypto
import Encoding
import OpenBanking

/// How one request ended, after the ledger had its say.
struct Decision {
    var outcome: Outcome
    /// The result's bytes, one line without its end.
    var text: ByteSlice
    /// The rule that decided it, for the tally of refusals.
    var rule: RuleID?
    /// The hash of the request, where it was decided now.
    var digest: SHA256Digest?
    /// The kind of certificate that came along, where the request was decided now.
    var certificate: PresentedCertificate?
    var wanted: [WantedKey] = []
    /// The client it is about, where one was issued, replaced, deleted or read.
    var clientID: String?
    /// Rules judged as of an older registration.
    var relaxed: [RuleID] = []
    /// True where it waited as long as it may; the outcome is its last.
    var hasExpired = false
    /// True where a client of the bank's was taken over with its id.
    var isMigrated = false
}
