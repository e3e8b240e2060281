/// One of the three parts of a compact JWS.
package enum JWSSegment: String, Sendable, CaseIterable {
    case header
    case payload
    case signature
}
