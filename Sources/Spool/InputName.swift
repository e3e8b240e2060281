/// The name of a file in the drop box, understood.
package struct InputName: Hashable, Sendable {
    /// What the ending of the name says the file is.
    package enum Kind: String, CaseIterable, Sendable {
        /// `.jwt .jws .jose`: one compact JWS.
        case single
        /// `.pem`: the transport certificate chain of the single of the same stem.
        case certificate
        /// `.json`: one record.
        case record
        /// `.ndjson .jsonl`: one record a line.
        case bulk
        /// `.manifest.json`: what the batch of the same stem must contain.
        case manifest
    }

    /// What becomes of a name.
    package enum Verdict: Hashable, Sendable {
        /// A name of ours.
        case input(InputName)
        /// Left alone: somebody is still writing it.
        case ignored
        /// Not a name we read; the file goes to `failed/name`.
        case refused(Refusal)
    }

    /// What is wrong with a refused name.
    package enum Refusal: String, Hashable, Sendable {
        /// Longer than 128 bytes.
        case length
        /// A character that is not a letter, a digit, `.`, `_` or `-`, or a first one that is no letter or digit.
        case character
        /// No ending, or one we do not know, or nothing before it.
        case ending

        /// What is wrong, in words.
        package var text: String {
            switch self {
            case .length: "its name is longer than \(SpoolLayout.nameLimit) bytes"
            case .character:
                "its name has a character other than letters, digits, '.', '_' and '-', or begins with one of these three"
            case .ending: "its name does not end like an input of ours"
            }
        }
    }

    /// The whole name.
    package let name: String
    /// The name without what makes its kind.
    package let stem: String
    /// What the file is.
    package let kind: Kind

    /// The endings of each kind; the longer of two that fit comes first.
    package static let endings: [(ending: StaticString, kind: Kind)] = [
        (".jwt", .single), (".jws", .single), (".jose", .single), (".pem", .certificate), (".manifest.json", .manifest),
        (".json", .record), (".ndjson", .bulk), (".jsonl", .bulk),
    ]

    /// The endings a writer gives a file that is not complete.
    package static let unfinishedEndings: [StaticString] = [
        ".tmp", ".part", ".partial", ".filepart", ".crdownload", ".writing", ".swp", "~",
    ]

    /// The names of singles, the certificate of which is `<stem>.pem`, in the order they are looked for.
    private static let singleEndings = [".jwt", ".jws", ".jose"]
    /// The names of batches, the manifest of which is `<stem>.manifest.json`.
    private static let bulkEndings = [".ndjson", ".jsonl"]

    /// The name of what may lie beside this file: its certificate or its manifest.
    package var companion: String? {
        switch kind {
        case .single: "\(stem).pem"
        case .bulk: "\(stem).manifest.json"
        case .certificate, .record, .manifest: nil
        }
    }

    /// The names of what this file may lie beside, where it is a certificate or a manifest.
    var principals: [String] {
        switch kind {
        case .certificate: Self.singleEndings.map { stem + $0 }
        case .manifest: Self.bulkEndings.map { stem + $0 }
        case .single, .record, .bulk: []
        }
    }

    /// Says what becomes of a file of this name.
    ///
    /// The bytes are what the file system gave, of any kind.
    package static func classify(_ name: some BidirectionalCollection<UInt8>) -> Verdict {
        guard name.first != UInt8(ascii: "."), !unfinishedEndings.contains(where: { ends(name, with: $0) }) else {
            return .ignored
        }
        guard name.allSatisfy(isPlain), let first = name.first, isAlphanumeric(first) else {
            return .refused(.character)
        }
        guard name.count <= SpoolLayout.nameLimit else { return .refused(.length) }
        guard
            let (ending, kind) = endings.first(where: {
                ends(name, with: $0.ending) && name.count > $0.ending.utf8CodeUnitCount
            })
        else { return .refused(.ending) }
        let stem = name.dropLast(ending.utf8CodeUnitCount)
        return .input(
            InputName(
                name: String(decoding: name, as: UTF8.self),
                stem: String(decoding: stem, as: UTF8.self),
                kind: kind
            )
        )
    }

    /// Says what becomes of a file of this name.
    package static func classify(_ name: String) -> Verdict { classify(Array(name.utf8)) }

    /// Whether the byte may stand anywhere in a name: `[A-Za-z0-9._-]`.
    static func isPlain(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }

    private static func ends(_ name: some BidirectionalCollection<UInt8>, with ending: StaticString) -> Bool {
        ending.withUTF8Buffer { unsafe name.suffix($0.count).elementsEqual($0) }
    }
}
