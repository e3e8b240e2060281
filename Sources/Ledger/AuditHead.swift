import Crypto

/// The end of the audit trail: the last line's number and hash.
struct AuditHead: Equatable {
    var number: Int64
    var hash: SHA256Digest
}
