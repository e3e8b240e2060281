import Encoding

/// A JWK Set as decoded (RFC 7517 §5): the keys that can be used, and a word on each that cannot.
///
/// One odd entry never costs the set: unknown types, missing members and broken certificates are skipped or noted one
/// by one. A body that is no key set, or doubles a member name, is refused whole.
package struct JWKSet: Sendable {
    /// The usable keys, in the set's order.
    package let keys: [VerificationKey]
    /// The entries not used, in the set's order.
    package let skipped: [SkippedKey]
    /// What the owner should hear about, in the set's order.
    package let notices: [KeyNotice]

    /// Decodes a body; a byte order mark and leading white space are passed over (C21).
    package static func decode(_ body: [UInt8], limits: JWKSetLimits = .standard) throws(JWKSetFault) -> JWKSet {
        guard body.count <= limits.bodyBytes else { throw .tooLarge(bytes: body.count, limit: limits.bodyBytes) }
        let text = try utf8(body)
        let document = JSONDocument(limits: jsonLimits(limits))
        do {
            try document.parse(text)
        } catch {
            throw .json(error)
        }
        let root = document.root
        guard root.kind == .object else { throw .notObject }
        guard let entries = root["keys"], entries.kind == .array else { throw .noKeys }
        guard entries.count <= limits.keys else { throw .tooManyKeys(entries.count, limit: limits.keys) }
        return read(entries, limits)
    }

    private static func read(_ entries: JSONValue, _ limits: JWKSetLimits) -> JWKSet {
        let reader = JWKReader(limits: limits)
        var keys: [VerificationKey] = []
        var skipped: [SkippedKey] = []
        var notices: [KeyNotice] = []
        var seen: Set<[UInt8]> = []
        var index = 0
        entries.forEachElement { entry in
            do throws(SkippedKey) {
                let key = try reader.read(entry, index: index)
                notices += key.notices
                if let kid = key.kid, !seen.insert(kid).inserted {
                    notices.append(
                        KeyNotice(index: index, code: .duplicateKeyID, text: "the kid names an earlier key too")
                    )
                }
                keys.append(key)
            } catch {
                if error.isCritical {
                    notices.append(KeyNotice(index: index, code: .secretPublished, text: error.text))
                }
                skipped.append(error)
            }
            index += 1
        }
        return JWKSet(keys: keys, skipped: skipped, notices: notices)
    }

    /// The body without a byte order mark; UTF-16 and UTF-32 show by their first bytes.
    private static func utf8(_ body: [UInt8]) throws(JWKSetFault) -> [UInt8] {
        let start = body.prefix(4)
        if start.starts(with: [0xfe, 0xff]) || start.starts(with: [0xff, 0xfe]) || start.contains(0) {
            throw .notUTF8
        }
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0d).contains($0) }
        let text = body.drop(while: isSpace)
        return Array(text.starts(with: [0xef, 0xbb, 0xbf]) ? text.dropFirst(3) : text)
    }

    /// Bounds wide enough that one oversized entry is skipped by its own rule, not the set by the parser's.
    private static func jsonLimits(_ limits: JWKSetLimits) -> JSONLimits {
        var json = JSONLimits.keySet
        json.textBytes = limits.bodyBytes
        json.stringBytes = limits.bodyBytes
        json.elements = limits.bodyBytes
        json.nodes = limits.bodyBytes
        return json
    }
}
