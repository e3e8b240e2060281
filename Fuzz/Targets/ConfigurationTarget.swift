@testable import Encoding
@testable import Operations

extension FuzzTarget {
    /// counterfoil.yaml: every fault has its place and can be shown; what is accepted can be shown whole.
    static let configuration = FuzzTarget("configuration", byteLimit: 2_048) { bytes throws(BrokenProperty) in
        let read: Configuration
        do throws(ConfigurationFaults) {
            read = try ConfigurationReader.read(bytes: bytes, file: "counterfoil.yaml")
        } catch {
            try ConfigurationProperties.inspect(error, bytes)
            return false
        }
        let again = try must("refused the second time") { () throws(ConfigurationFaults) in
            try ConfigurationReader.read(bytes: bytes, file: "counterfoil.yaml")
        }
        try hold(read == again, "read differently the second time")
        let effective = EffectiveConfiguration(read)
        try hold(!effective.text.isEmpty, "nothing to show")
        let buffer = ByteBuffer(capacity: 4_096)
        effective.writeJSON(into: buffer)
        let document = JSONDocument(limits: .record)
        try must("what is shown is not JSON") { () throws(JSONError) in try document.parse(buffer.all) }
        return true
    }

    /// sources.yaml, by the same reader.
    static let sources = FuzzTarget("sources", byteLimit: 2_048) { bytes throws(BrokenProperty) in
        let text = String(decoding: bytes, as: UTF8.self)
        let sources: SourcesFile
        do throws(ConfigurationFaults) {
            sources = try SourcesFile.read(text: text, file: "sources.yaml")
        } catch {
            try ConfigurationProperties.inspect(error, Array(text.utf8))
            return false
        }
        let ids = sources.organisations.map(\.id)
        try hold(Set(ids).count == ids.count && !ids.contains(""), "an organisation twice or without id")
        for url in sources.directory { try hold(url.lowercased().hasPrefix("https://"), "\(url) is not https") }
        return true
    }
}

enum ConfigurationProperties {
    /// Each fault stands at a place of the text, says something, and can be shown.
    static func inspect(_ faults: ConfigurationFaults, _ bytes: [UInt8]) throws(BrokenProperty) {
        try hold(!faults.faults.isEmpty, "refused without a fault")
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).count
        // YAML has line ends that are no line feed.
        let others = bytes.count { $0 == 0x0D } + bytes.count { $0 == 0x85 } + bytes.count { $0 == 0xA8 || $0 == 0xA9 }
        for fault in faults.faults {
            try hold((0...(lines + others + 1)).contains(fault.line), "line \(fault.line) of \(lines)")
            try hold(fault.column >= 0 && fault.column <= bytes.count + 2, "column \(fault.column)")
            try hold(!fault.message.isEmpty, "a fault without a word")
            try hold(
                Screen.isClean(fault.description),
                "a fault cannot be shown: \(fault.description.debugDescription)"
            )
        }
    }
}
