/// The cRLDistributionPoints extension (RFC 5280 §4.2.1.13).
enum DistributionPoint {
    /// Most URIs kept.
    static let limit = 8

    /// The URIs of all points, in order.
    static func uris(_ reader: inout DERReader) throws(DERFault) -> [String] {
        var points = try reader.sequence()
        var uris: [String] = []
        repeat {
            var point = try points.sequence()
            if let name = try point.optional(DERTag.explicit(0)) { uris += try names(point.inside(name)) }
            _ = try point.optional(DERTag.context(1))
            _ = try point.optional(DERTag.explicit(2))
            try point.finish()
        } while !points.isAtEnd
        return Array(uris.prefix(limit))
    }

    /// The URIs of a DistributionPointName; a name relative to the issuer has none.
    static func names(_ start: DERReader) throws(DERFault) -> [String] {
        var reader = start
        guard let full = try reader.optional(DERTag.explicit(0)) else {
            _ = try reader.next(DERTag.explicit(1))
            try reader.finish()
            return []
        }
        try reader.finish()
        var names = start.inside(full)
        var uris: [String] = []
        repeat {
            let name = try names.next()
            guard name.tag == DERTag.context(6) else { continue }
            guard let text = DERString.decode(start.bytes, name.content, tag: DERTag.ia5String) else {
                throw .string(at: name.start)
            }
            uris.append(text)
        } while !names.isAtEnd
        return uris
    }
}
