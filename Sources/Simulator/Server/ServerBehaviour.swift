/// How the simulated key store answers one request for a path.
package enum ServerBehaviour: Equatable, Sendable {
    /// As a key store should.
    case ok
    /// With a bare status.
    case status(Int)
    /// Not at all, until the client leaves or the server stops.
    case hang
    /// With half the body it announced, and then the end of the connection.
    case truncated
    /// With 302 and a place.
    case redirect(to: String)
    /// With a body of this many bytes.
    case oversized(Int)
    /// With the right body, one byte at a time.
    case drip(millisecondsPerByte: Int32)
    /// With this body instead of the right one, under its own ETag.
    case body([UInt8])
}
