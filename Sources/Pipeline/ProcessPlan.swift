package import Encoding
package import JOSE
package import Rules
package import Spool

/// How a pass works: what the configuration says, settled before the first request.
package struct ProcessPlan: Sendable {
    package var policy: Policy
    /// Threads that read and verify.
    package var workers: Int
    /// Requests to a group, at most.
    package var groupRequests = 1024
    /// Bytes to a group, at most.
    package var groupBytes = 16 << 20
    /// How long a request may wait for keys, in seconds.
    package var retryFor: UnixTime = 7 * 86_400
    /// The first and the longest pause between two tries of a waiting request, in seconds.
    package var retryPause: (first: UnixTime, longest: UnixTime) = (30, 3600)
    /// The key of the hashes of client secrets; it is never in a database.
    package var secretKey: [UInt8]
    /// User ids whose files are taken; nil takes every submitter's.
    package var owners: Set<UInt32>?
    /// The most bytes of each kind of input.
    package var limits = InputLimits()
    /// What must be free on the spool's file system before anything is taken.
    package var space = FreeSpace.Need()
    /// Who the responses in results are sealed to; nil leaves them readable.
    package var recipient: JWERecipient?
    /// Milliseconds on a clock nobody sets, by which the pace of the work is told; one that stands still tells none.
    package var milliseconds: @Sendable () -> Int64 = { 0 }
    package let book: RuleBook
    package let indexes = ClaimIndexes()

    package init(policy: Policy, workers: Int, secretKey: [UInt8]) {
        self.policy = policy
        self.workers = max(1, workers)
        self.secretKey = secretKey
        book = RuleBook(policy)
    }

    /// The pause in seconds before try number `attempt`, which doubles from try to try.
    package func pause(afterAttempt attempt: Int) -> UnixTime {
        let doublings = min(max(0, attempt - 1), 20)
        return min(retryPause.longest, retryPause.first << UnixTime(doublings))
    }
}
