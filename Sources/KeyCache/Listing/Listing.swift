import Encoding
import JOSE

/// An open row of `listing`: a key under a kid in one source, as known now.
struct Listing: Sendable, Equatable {
    var id: Int64
    var sourceID: Int64
    var spki: [UInt8]
    var attributes: ListingAttributes
    /// The place in the set when it was listed first.
    var position: Int
    var state: ListingState
    /// When the state began, by the time judged by.
    var stateSince: UnixTime
    /// Until when a retired key stays a candidate.
    var graceUntil: UnixTime?
    /// How often the key came back after it had left.
    var returns: Int
    /// When it appeared: after the last body without it, by the first with it.
    ///
    /// Nothing is known before the first body.
    var fromLow: UnixTime?
    var fromHigh: UnixTime
    /// When it left: after it was last seen, by the first body without it.
    var toLow: UnixTime?
    var toHigh: UnixTime?
}

/// What a set says about a listed key; a change of it is a new row.
struct ListingAttributes: Sendable, Equatable {
    var kid: [UInt8]?
    /// The JWK's `use`, nil where absent.
    var use: String?
    var algorithm: String?
    /// The bits of the JWK's `key_ops`, nil where absent.
    var operations: Int?
    /// The SHA-256 of `x5c[0]`.
    var certificate: [UInt8]?
    /// What the JWK says of its own time.
    var lifetime = KeyLifetime.unbounded
}
