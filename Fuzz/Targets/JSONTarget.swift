@testable import Encoding

extension FuzzTarget {
    /// Strict JSON: what is accepted means the same when written again, and base64url around it changes nothing.
    static let json = FuzzTarget("json", byteLimit: 65_536) { bytes throws(BrokenProperty) in
        let document = JSONDocument()
        let wrapped = JSONDocument()
        let packed = ByteSlice(Base64URL.encode(bytes))
        do throws(JSONError) {
            try document.parse(bytes)
        } catch {
            try hold(document.root.isNull && document.root.count == 0, "something is left of a refused text")
            try hold(
                refuses { () throws(JSONDecodeError) in try wrapped.parse(base64url: packed) },
                "refused, but not in base64url"
            )
            try JSONProperties.staysUsable(document)
            return false
        }
        try hold(String(validating: bytes, as: UTF8.self) != nil, "accepted what is not UTF-8")
        try must("refused in base64url") { () throws(JSONDecodeError) in try wrapped.parse(base64url: packed) }
        try hold(JSONProperties.same(document.root, wrapped.root), "base64url changed the value")
        try JSONProperties.inspect(document.root, depth: 1)
        let text = JSONProperties.written(document.root)
        let again = JSONDocument(limits: JSONProperties.wide)
        try must("cannot read what was written") { () throws(JSONError) in try again.parse(text) }
        try hold(JSONProperties.same(document.root, again.root), "writing changed the value")
        try hold(JSONProperties.written(again.root) == text, "a second writing differs from the first")
        return true
    }
}

/// What holds of every accepted JSON value.
enum JSONProperties {
    /// Escapes make text longer: up to six bytes for one.
    static let wide: JSONLimits = {
        var limits = JSONLimits.request
        limits.textBytes *= 8
        return limits
    }()

    static func written(_ value: JSONValue) -> ByteSlice {
        let buffer = ByteBuffer(capacity: 256)
        var writer = JSONWriter(buffer)
        writer.value(value)
        return buffer.all
    }

    /// Equal kinds, strings byte by byte, numbers as written, members and elements in order.
    static func same(_ left: JSONValue, _ right: JSONValue) -> Bool {
        guard left.kind == right.kind, left.count == right.count else { return false }
        switch left.kind {
        case .null, .bool, .number, .string: return left.raw == right.raw
        case .array: return zip(left.elements, right.elements).allSatisfy { same($0, $1) }
        case .object:
            return zip(left.members, right.members).allSatisfy { $0.name == $1.name && same($0.value, $1.value) }
        }
    }

    /// Bounds are kept, names are unique and found again, numbers mean what their digits say.
    static func inspect(_ value: JSONValue, depth: Int) throws(BrokenProperty) {
        let limits = JSONLimits.request
        switch value.kind {
        case .null, .bool: break
        case .number:
            guard let whole = value.integral else {
                return try hold(value.integer == nil, "an integer that is not integral")
            }
            try hold(Double(value.raw.string) == Double(whole), "\(value.raw.string) was read as \(whole)")
        case .string: try hold(value.raw.count <= limits.stringBytes, "a string beyond the bound")
        case .array:
            try hold(depth <= limits.depth && value.count <= limits.elements, "an array beyond the bounds")
            for element in value.elements { try inspect(element, depth: depth + 1) }
        case .object:
            try hold(depth <= limits.depth && value.count <= limits.members, "an object beyond the bounds")
            for (name, member) in value.members {
                try hold(value[name]?.index == member.index, "a name stands for another member")
                try inspect(member, depth: depth + 1)
            }
        }
    }

    /// A document that refused one text reads the next.
    static func staysUsable(_ document: JSONDocument) throws(BrokenProperty) {
        try must("a refused text spoils the next") { () throws(JSONError) in
            try document.parse(Array("{\"a\":[1]}".utf8))
        }
        try hold(document.root["a"]?.elements.first { _ in true }?.integer == 1, "a refused text changes the next")
    }
}
