package import OpenBanking

/// A client with the group it last changed in, and the result that told its secret, if it has one.
package struct ChangedClient: Sendable {
    package let change: Int64
    package let client: ClientRecord
    package let result: PriorResult?

    /// Where it stands in the order of changes.
    package var place: ClientPlace { ClientPlace(change: change, clientID: client.clientID) }
}
