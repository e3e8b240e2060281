import Encoding

/// One name of a point at which lists are published: a GeneralName, or a name below the issuer's (RFC 5280 §4.2.1.13).
struct DistributionName: Sendable {
    /// The identifier octet of a GeneralName that is a name of the directory tree.
    private static let directoryTag = DERTag.explicit(4)

    /// The encoding of a GeneralName, or the content of a relative name.
    private let content: [UInt8]
    private let isRelative: Bool

    /// Reads a DistributionPointName.
    static func decode(_ start: DERReader) throws(DERFault) -> [DistributionName] {
        var reader = start
        guard let full = try reader.optional(DERTag.explicit(0)) else {
            let relative = try reader.next(DERTag.explicit(1))
            try reader.finish()
            return [DistributionName(content: start.copy(relative.content), isRelative: true)]
        }
        try reader.finish()
        var general = start.inside(full)
        var names: [DistributionName] = []
        repeat {
            names.append(DistributionName(content: start.copy(try general.next().whole), isRelative: false))
        } while !general.isAtEnd
        return names
    }

    /// The text of a URI, nil for other kinds of names.
    var uri: String? {
        get throws(DERFault) {
            guard !isRelative, content.first == DERTag.context(6) else { return nil }
            var reader = DERReader(content)
            let name = try reader.next()
            guard let text = DERString.decode(content, name.content, tag: DERTag.ia5String) else {
                throw .string(at: name.start)
            }
            return text
        }
    }

    /// The encoding of the GeneralName it is under `issuer`, a Name in DER: what two names are compared by; empty when
    /// `issuer` is no Name.
    func resolved(under issuer: [UInt8]) -> [UInt8] {
        guard isRelative else { return content }
        var reader = DERReader(issuer)
        do throws(DERFault) {
            let parts = try reader.next(DERTag.sequence)
            let name = reader.copy(parts.content) + DERWriter.element(DERTag.set, content)
            return DERWriter.element(Self.directoryTag, DERWriter.element(DERTag.sequence, name))
        } catch { return [] }
    }
}
