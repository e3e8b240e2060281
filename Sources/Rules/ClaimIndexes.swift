import Encoding
import OpenBanking

/// The name tables of all documents a request holds; built once, shared by all workers.
package struct ClaimIndexes: Sendable {
    let request = ClaimIndex<RequestClaim>()
    let statement = ClaimIndex<StatementClaim>()
    let identity = ClaimIndex<IdentityClaim>()
    let record = ClaimIndex<RecordMember>()

    package init() {}
}
