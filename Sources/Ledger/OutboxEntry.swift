package import Crypto

/// A result file that is staged and waits to be renamed into `results/`.
package struct OutboxEntry: Sendable, Equatable {
    /// The ledger's number of the entry; 0 before it is added.
    package var number: Int64
    /// The group that staged it.
    package var group: Int64
    /// Its name in `staging/`.
    package var stagedName: String
    /// Its path below `results/`.
    package var resultName: String
    /// The SHA-256 of its bytes: what recovery tells it by.
    package var sha256: SHA256Digest

    package init(stagedName: String, resultName: String, sha256: SHA256Digest) {
        self.number = 0
        self.group = 0
        self.stagedName = stagedName
        self.resultName = resultName
        self.sha256 = sha256
    }
}
