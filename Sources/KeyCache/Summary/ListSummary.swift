package import Encoding

/// How a revocation list stands.
package struct ListSummary: Sendable, Equatable {
    package let url: String
    package let issuer: String?
    package let thisUpdate: UnixTime?
    package let nextUpdate: UnixTime?
    package let entries: Int
}
