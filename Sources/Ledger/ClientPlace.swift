/// Where a client stands in the order of changes: the group it last changed in, and its id.
package struct ClientPlace: Sendable, Equatable {
    package var change: Int64
    package var clientID: String

    package init(change: Int64, clientID: String) {
        (self.change, self.clientID) = (change, clientID)
    }
}
