/// How much JSON a reader takes; the first bound passed ends the reading.
package struct JSONLimits: Sendable {
    /// Bytes of the whole text.
    package var textBytes = 65_536
    /// Containers inside one another, the outermost included.
    package var depth = 16
    /// Members of one object.
    package var members = 256
    /// Elements of one array.
    package var elements = 128
    /// Bytes of one string or member name after unescaping.
    package var stringBytes = 8_192
    /// Characters of one number.
    package var numberBytes = 128
    /// Values and member names together.
    package var nodes = 8_192
    /// Whether a member name that comes twice refuses the text.
    ///
    /// RFC 8259 section 4 leaves it to the reader, and every reader of ours refuses; off only to hold the grammar
    /// against outside suites.
    package var refusesRepeatedNames = true

    /// Limits with the defaults of a request.
    package init() {}

    /// For what comes from outside: a request, a software statement, a JWS header.
    package static let request = JSONLimits()

    /// For records we wrote ourselves, which hold whole requests as strings.
    package static let record: JSONLimits = {
        var limits = JSONLimits()
        limits.textBytes = 1_048_576
        limits.elements = 4_096
        limits.stringBytes = 65_536
        limits.nodes = 65_536
        return limits
    }()

    /// For results we wrote ourselves: a response holds a whole software statement, or is sealed in one string.
    package static let result: JSONLimits = {
        var limits = JSONLimits.record
        limits.members = 1_024
        limits.textBytes = 4 << 20
        limits.stringBytes = 2 << 20
        return limits
    }()

    /// For a JWK Set body: up to 1 MiB, a bit more than the keys taken, so that the excess can be counted.
    package static let keySet: JSONLimits = {
        var limits = JSONLimits()
        limits.textBytes = 1_048_576
        limits.elements = 1_024
        limits.stringBytes = 16_384
        limits.nodes = 65_536
        return limits
    }()
}
