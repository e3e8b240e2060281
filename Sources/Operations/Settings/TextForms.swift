/// The forms of text settings: free text, URLs, hosts, paths, ids, fingerprints.
extension SettingForm where Value == String {
    /// Text of 1 to `limit` bytes (0 when `optional`), without control characters; unquoted `null` and `~` are no text.
    static func text(optional: Bool = false, limit: Int = 512) -> SettingForm {
        matching(optional ? "text, or \"\" for none" : "text", optional: optional, limit: limit) { _ in true }
    }

    /// An `https://` URL with a host and without user, query or fragment.
    static func httpsURL(optional: Bool = false, schemes: [String] = ["https"]) -> SettingForm {
        let words = "an \(schemes.joined(separator: " or ")) URL such as https://host/path"
        return matching(optional ? "\(words), or \"\" for none" : words, optional: optional, limit: 2048) {
            isURL($0, schemes: schemes)
        }
    }

    /// A host name in lower case, with an optional port.
    static var host: SettingForm {
        matching("a host name such as keystore.openbanking.org.uk", optional: false, limit: 261, isHost)
    }

    /// Letters and digits, 1 to `limit`.
    static func identifier(limit: Int) -> SettingForm {
        matching("1 to \(limit) letters and digits", optional: false, limit: limit) {
            $0.utf8.allSatisfy { byte in isLetterOrDigit(byte) }
        }
    }

    /// A SHA-256 digest in hexadecimal.
    static var sha256: SettingForm {
        matching("a SHA-256 in 64 hexadecimal digits", optional: false, limit: 64) {
            $0.utf8.count == 64 && $0.allSatisfy { $0.isASCII && $0.isHexDigit }
        }
    }

    /// A path; a relative one is below the folder of the configuration file.
    static func path(optional: Bool = false) -> SettingForm {
        let form = text(optional: optional, limit: 4096)
        return SettingForm(allowed: "") { node, reading in
            form.read(node, &reading).map { $0.isEmpty ? "" : reading.resolve($0) }
        } write: {
            .text($0)
        }
    }

    private static func matching(
        _ words: String,
        optional: Bool,
        limit: Int,
        _ matches: @escaping @Sendable (String) -> Bool
    ) -> SettingForm {
        SettingForm(allowed: "") { node, reading in
            guard case .scalar(let text, _) = node.content, !node.isEmpty, optional || !text.isEmpty else {
                return reading.wrong(node, words)
            }
            guard text.utf8.count <= limit else {
                reading.fault(
                    node,
                    .outOfRange,
                    "\(reading.name) must have at most \(limit) bytes, found \(text.utf8.count)"
                )
                return nil
            }
            guard text.isEmpty || matches(text), text.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value != 127 })
            else {
                return reading.wrong(node, words, .notAllowed)
            }
            return text
        } write: {
            .text($0)
        }
    }

    private static func isURL(_ text: String, schemes: [String]) -> Bool {
        guard let scheme = schemes.first(where: { text.hasPrefix("\($0)://") }),
            text.utf8.allSatisfy({ $0 > 32 && $0 < 127 }), !text.contains("?"), !text.contains("#"), !text.contains("@")
        else { return false }
        let authority = text.dropFirst(scheme.count + 3).prefix { $0 != "/" }
        return isHost(String(authority).lowercased())
    }

    private static func isHost(_ text: String) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let name = parts.first, (1...253).contains(name.utf8.count) else {
            return false
        }
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        let good = labels.allSatisfy { label in
            !label.isEmpty && label.first != "-" && label.last != "-"
                && label.utf8.allSatisfy { isLetterOrDigit($0) && !(65...90).contains($0) || $0 == UInt8(ascii: "-") }
        }
        guard parts.count == 2 else { return good }
        return good && DecimalQuantity.whole(parts[1]).map { (1...65535).contains($0) } == true
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }
}

extension SettingForm where Value == FilePlace {
    /// A path, `credential:NAME`, or nothing.
    static var file: SettingForm {
        let form = SettingForm<String>.text(optional: true, limit: 4096)
        return SettingForm(allowed: "") { node, reading in
            guard let text = form.read(node, &reading) else { return nil }
            guard !text.isEmpty else { return FilePlace.none }
            guard text.hasPrefix("credential:") else { return .path(reading.resolve(text)) }
            let name = text.dropFirst("credential:".count)
            guard !name.isEmpty, !name.contains("/"), !name.hasPrefix(".") else {
                return reading.wrong(node, "a path or credential:NAME", .notAllowed)
            }
            return .credential(String(name))
        } write: {
            .text($0.description)
        }
    }
}
