import JOSE

/// How far the reading of a request came; a rule runs only where all it needs was reached, else it is told as "not reached".
package struct Reached: OptionSet, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The record was read and names a request (DCR) or a software statement (MCR).
    package static let record = Reached(rawValue: 1 << 0)
    /// The request is signed by the TPP (DCR), not made from the bank's template (MCR).
    package static let dynamic = Reached(rawValue: 1 << 1)
    /// The registration came through the portal (MCR).
    package static let manual = Reached(rawValue: 1 << 2)
    /// The request is three well-formed segments.
    package static let requestFramed = Reached(rawValue: 1 << 3)
    /// Its header is a strict JSON object.
    package static let requestHeader = Reached(rawValue: 1 << 4)
    /// Its payload is a strict JSON object: the claims, or the bank's template filled in.
    package static let metadata = Reached(rawValue: 1 << 5)
    /// A software statement is there and is three well-formed segments.
    package static let statementFramed = Reached(rawValue: 1 << 6)
    /// The statement's header is a strict JSON object.
    package static let statementHeader = Reached(rawValue: 1 << 7)
    /// The statement's payload is a strict JSON object (not yet trusted).
    package static let statementRead = Reached(rawValue: 1 << 8)
    /// The directory's key set is cached and usable.
    package static let directoryKeys = Reached(rawValue: 1 << 9)
    /// The directory key the statement names was found.
    package static let directoryKey = Reached(rawValue: 1 << 10)
    /// The directory's signature verified: only now are the statement's claims believed.
    package static let statementTrusted = Reached(rawValue: 1 << 11)
    /// The software's key set is cached and usable.
    package static let softwareKeys = Reached(rawValue: 1 << 12)
    /// The key the request names was found in it.
    package static let requestKey = Reached(rawValue: 1 << 13)
    /// The request's signature was checked, whatever came of it.
    package static let requestChecked = Reached(rawValue: 1 << 14)
    /// A certificate was presented and decoded.
    package static let certificate = Reached(rawValue: 1 << 15)
    /// The directory's id_token was read and its keys are cached (MCR).
    package static let identity = Reached(rawValue: 1 << 16)
    /// A certificate is needed for this operation and channel.
    package static let certificateNeeded = Reached(rawValue: 1 << 17)
    /// The id_token's signature was checked against the identity provider's keys.
    package static let identityChecked = Reached(rawValue: 1 << 18)
}
