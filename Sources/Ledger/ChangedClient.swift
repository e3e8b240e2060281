package import OpenBanking

/// A client with the group it last changed in, and the results that told its secret and its registration.
package struct ChangedClient: Sendable {
    package let change: Int64
    package let client: ClientRecord
    package let result: PriorResult?
    /// The result of the request that registered or last updated it, if it is known.
    package let registration: PriorResult?

    /// Where it stands in the order of changes.
    package var place: ClientPlace { ClientPlace(change: change, clientID: client.clientID) }
}
