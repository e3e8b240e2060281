/// Who answered a fetch: recorded beside the body, so that "where did this key come from" has an answer.
package struct PeerInfo: Sendable, Equatable {
    /// The IP address the connection went to (the proxy's, where one is set); empty for a mirror.
    package var address: String
    package var port: Int

    package init(address: String = "", port: Int = 0) {
        self.address = address
        self.port = port
    }
}
