import Encoding

/// The cRLDistributionPoints extension (RFC 5280 §4.2.1.13).
struct DistributionPoints: Sendable {
    /// Most URIs kept, and most names.
    static let limit = 8

    /// The URIs of all points, in order.
    private(set) var uris: [String] = []
    /// The names of the points the issuer itself publishes at; where another issuer's list is named instead, there
    /// are none.
    private(set) var names: [DistributionName] = []

    /// Reads all points.
    static func decode(_ reader: inout DERReader) throws(DERFault) -> DistributionPoints {
        var points = try reader.sequence()
        var found = DistributionPoints()
        repeat {
            var point = try points.sequence()
            let name = try point.optional(DERTag.explicit(0))
            _ = try point.optional(DERTag.context(1))
            let otherIssuer = try point.optional(DERTag.explicit(2))
            try point.finish()
            guard let name else { continue }
            let names = try DistributionName.decode(point.inside(name))
            for name in names {
                if let uri = try name.uri, found.uris.count < limit { found.uris.append(uri) }
                if otherIssuer == nil, found.names.count < limit { found.names.append(name) }
            }
        } while !points.isAtEnd
        return found
    }
}
