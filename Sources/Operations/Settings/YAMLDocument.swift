import Encoding
import Yams

/// A YAML text read into nodes, with everything refused that makes YAML surprising.
///
/// One document; no anchors, aliases or tags; keys are plain words and each is given once. All such faults are reported, not only
/// the first: a key given twice is put aside and reading goes on.
struct YAMLDocument {
    /// The top value; nil for an empty file and for a text that is not YAML.
    private(set) var root: YAMLNode?
    private(set) var faults: [ConfigurationFault] = []

    private let file: String
    private var setAside: Set<String> = []
    private static let depthLimit = 8

    init(_ text: String, file: String) {
        self.file = file
        var search = DuplicateKeySearch(text)
        while true {
            do {
                let parser = try Parser(yaml: search.text, resolver: .basic, encoding: .utf8)
                // The parser owns the anchors; nodes only point at them.
                try withExtendedLifetime(parser) {
                    guard let top = try parser.singleRoot() else { return }
                    setAside = search.setAside
                    root = convert(top, depth: 0)
                }
                return
            } catch {
                guard let error = error as? YamlError else {
                    fault(1, 1, .syntax, "not valid YAML")
                    return
                }
                guard case .duplicatedKeysInMapping(let names, let context) = error, let name = names.first else {
                    refuse(error, in: search)
                    return
                }
                let first = (line: context.mark.line, column: context.mark.column)
                guard let second = search.setAsideNext(name, after: first) else {
                    fault(
                        first.line,
                        first.column,
                        .duplicateKey,
                        "key \"\(Printable.text(name))\" is given twice; keep one"
                    )
                    return
                }
                fault(
                    second.line,
                    second.column,
                    .duplicateKey,
                    "key \"\(Printable.text(name))\" is given twice, on lines \(first.line) and \(second.line); keep one"
                )
            }
        }
    }

    private mutating func convert(_ node: Node, depth: Int) -> YAMLNode? {
        let (line, column) = (node.mark?.line ?? 1, node.mark?.column ?? 1)
        if let anchor = node.anchor {
            fault(
                line,
                column,
                .anchor,
                "anchors (&\(anchor.rawValue)) and aliases are not supported; write the value out"
            )
            return nil
        }
        if let tag = explicitTag(of: node) {
            fault(line, column, .tag, "tags (\(tag)) are not supported; remove it")
            return nil
        }
        guard depth < Self.depthLimit else {
            fault(line, column, .depth, "nested deeper than \(Self.depthLimit) levels")
            return nil
        }
        switch node {
        case .scalar(let scalar):
            let quoted = scalar.style != .plain && scalar.style != .any
            return YAMLNode(content: .scalar(scalar.string, quoted: quoted), line: line, column: column)
        case .sequence(let items):
            let nodes = items.compactMap { convert($0, depth: depth + 1) }
            return YAMLNode(content: .sequence(nodes), line: line, column: column)
        case .mapping(let pairs):
            let entries = pairs.compactMap { entry($0.key, $0.value, depth: depth) }
            return YAMLNode(content: .mapping(entries), line: line, column: column)
        case .alias:
            fault(line, column, .anchor, "aliases are not supported; write the value out")
            return nil
        }
    }

    private mutating func entry(_ key: Node, _ value: Node, depth: Int) -> (key: YAMLNode.Key, value: YAMLNode)? {
        let (line, column) = (key.mark?.line ?? 1, key.mark?.column ?? 1)
        guard let name = key.scalar?.string else {
            fault(line, column, .wrongType, "a key must be one word")
            return nil
        }
        guard !setAside.contains(name) else { return nil }
        if let anchor = key.anchor {
            fault(
                line,
                column,
                .anchor,
                "anchors (&\(anchor.rawValue)) and aliases are not supported; write the value out"
            )
            return nil
        }
        guard let node = convert(value, depth: depth + 1) else { return nil }
        return (YAMLNode.Key(name: name, line: line, column: column), node)
    }

    private func explicitTag(of node: Node) -> String? {
        switch node {
        case .scalar(let scalar): Self.explicit(scalar.tag.description, unless: scalar.style == .plain ? nil : .str)
        case .sequence(let sequence): Self.explicit(sequence.tag.description, unless: nil)
        case .mapping(let mapping): Self.explicit(mapping.tag.description, unless: nil)
        case .alias: nil
        }
    }

    private static func explicit(_ tag: String, unless expected: Tag.Name?) -> String? {
        tag.isEmpty || tag == expected?.rawValue ? nil : tag
    }

    private mutating func refuse(_ error: YamlError, in search: DuplicateKeySearch) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _):
            let tab = search.scalar(line: mark.line, column: mark.column) == "\t"
            fault(
                mark.line,
                mark.column,
                .syntax,
                tab ? "indent with spaces, found a tab" : "not valid YAML: \(problem)"
            )
        case .composer(_, let problem, let mark, _):
            if problem.contains("alias") {
                fault(mark.line, mark.column, .anchor, "aliases are not supported; write the value out")
            } else {
                fault(mark.line, mark.column, .documents, "a second document starts here; one file holds one document")
            }
        case .reader(let problem, let offset, _, _):
            let place = search.place(ofCharacter: offset ?? 0)
            fault(place.line, place.column, .encoding, "not valid YAML text: \(problem)")
        default:
            fault(1, 1, .syntax, "not valid YAML")
        }
    }

    private mutating func fault(_ line: Int, _ column: Int, _ code: ConfigurationFault.Code, _ message: String) {
        faults.append(ConfigurationFault(file: file, line: line, column: column, code: code, message: message))
    }
}
