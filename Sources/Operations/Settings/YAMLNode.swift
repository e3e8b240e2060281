/// A YAML value with its place: what is left of a document once anchors, aliases and tags were refused.
///
/// Scalars keep their text as written, so that `010`, `no` and `0015800001` mean what the schema says and nothing else.
struct YAMLNode: Sendable {
    enum Content: Sendable {
        case scalar(String, quoted: Bool)
        case mapping([(key: Key, value: YAMLNode)])
        case sequence([YAMLNode])
    }

    struct Key: Sendable {
        let name: String
        let line: Int
        let column: Int
    }

    let content: Content
    let line: Int
    let column: Int

    /// True for `key:` with nothing behind it, and for an unquoted `null` or `~`.
    var isEmpty: Bool {
        guard case .scalar(let text, quoted: false) = content else { return false }
        return text.isEmpty || text == "~" || text == "null"
    }
}
