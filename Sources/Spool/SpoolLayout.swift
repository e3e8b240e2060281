package import Encoding

/// The names of files and folders in the spool: the only place that knows them.
///
/// Results of the same request bytes have the same name, and other bytes under the same stem never collide, because the
/// first 16 hexadecimal digits of the SHA-256 of the bytes are part of the name.
package enum SpoolLayout {
    /// The file that the owner of the spool keeps locked for life.
    package static let lock = ".lock"

    /// The file that says how far the spool's ledger is.
    static let ledger = ".ledger"

    /// The file that says how passes ended.
    static let passes = ".passes"

    /// The ending of what tells why a file was set aside.
    package static let reasonEnding = ".reason.json"

    /// The ending of a part of a batch's results while the batch is worked on.
    package static let partEnding = ".part"

    /// The longest name (bytes) an input may have.
    package static let nameLimit = 128

    /// The name of the result of one request: `<stem>.<h16>.<outcome>.json`.
    package static func result(stem: String, h16: String, outcome: String) -> String {
        "\(stem).\(h16).\(outcome).json"
    }

    /// The name of the final result of one deferred line of a batch: `<stem>.<h16>.<line>.<outcome>.json`.
    package static func result(stem: String, h16: String, line: Int, outcome: String) -> String {
        "\(stem).\(h16).\(line).\(outcome).json"
    }

    /// The name of a batch's results, one line for each line of the batch: `<stem>.<h16>.results.ndjson`.
    package static func batchResults(stem: String, h16: String) -> String { "\(stem).\(h16).results.ndjson" }

    /// The name of a batch's summary; its presence says the batch is complete: `<stem>.<h16>.summary.json`.
    package static func batchSummary(stem: String, h16: String) -> String { "\(stem).\(h16).summary.json" }

    /// The name of the answer to a batch with a manifest that is taken: `<stem>.<h16>.ack.json`.
    package static func batchAcknowledgement(stem: String, h16: String) -> String { "\(stem).\(h16).ack.json" }

    /// The name of the answer to a batch that its manifest refuses; h16 is of batch and manifest together:
    /// `<stem>.<h16>.refused.json`.
    package static func batchRefusal(stem: String, h16: String) -> String { "\(stem).\(h16).refused.json" }

    /// The name in staging of a batch's results while they grow: `<stem>.<h16>.results.ndjson.part`.
    package static func batchPart(stem: String, h16: String) -> String {
        batchResults(stem: stem, h16: h16) + partEnding
    }

    /// The folder of one day in results and archive: `2026-11-22`.
    package static func day(_ time: UnixTime) -> String { Timestamp.day(time) }

    /// The path of a result under the spool, for messages: `results/2026-11-22/<name>`.
    package static func resultPath(day: String, name: String) -> String {
        "\(SpoolFolder.results.rawValue)/\(day)/\(name)"
    }

    /// The ending of a staged deferred record, so that its name in staging can never be that of a result.
    package static let deferredEnding = ".deferred"

    /// The name of a new group: time, process and number, with what it was taken from as first letter.
    static func group(_ origin: TakenGroup.Origin, at time: UnixTime, process: Int32, number: Int) -> String {
        "\(origin.rawValue)\(time)-\(process)-\(number)"
    }

    /// The name of a group that one file of `group` gets, so that a stop between its moves can be told from others.
    static func part(of group: String, process: Int32, number: Int) -> String {
        "\(group).part-\(process)-\(number)"
    }

    /// Whether a group was taken before another, by the numbers in their names: time, process, number.
    static func isEarlier(_ group: String, _ other: String) -> Bool {
        let (one, two) = (numbers(in: group), numbers(in: other))
        return one == two ? group < other : one.lexicographicallyPrecedes(two)
    }

    private static func numbers(in name: String) -> [Int64] {
        name.utf8.split { !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            .map { digits in Int64(String(decoding: Array(digits), as: UTF8.self)) ?? .max }
    }

    /// The group that a group of this name was split from; nil for any other.
    static func whole(ofPart name: String) -> String? {
        let parts = name.split(separator: ".")
        guard parts.count == 2, parts[1].hasPrefix("part-") else { return nil }
        return String(parts[0])
    }

    /// The name a writer of ours uses in incoming until the file is complete.
    static func unfinished(_ name: String, process: Int32, number: Int) -> String {
        ".\(name).\(process)-\(number).tmp"
    }

    /// A name of ours for bytes an outsider chose: other characters become `_`, at most 100 remain, never a leading
    /// `.`.
    static func safe(_ name: [UInt8]) -> String {
        let kept = name.prefix(100).map { InputName.isPlain($0) ? $0 : UInt8(ascii: "_") }
        let text = String(decoding: kept, as: UTF8.self)
        return text.hasPrefix(".") || text.isEmpty ? "_\(text)" : text
    }

    /// Whether `name` can be that of a file in one of our folders, as an operator may give it.
    static func isListed(_ name: String) -> Bool {
        (1...255).contains(name.utf8.count) && !name.utf8.contains(UInt8(ascii: "/")) && !name.hasPrefix(".")
            && !name.utf8.contains(0)
    }

    /// Whether `name` may be used as the name of a file of ours: no separator, no leading `.`, at most 255 bytes.
    static func isOurs(_ name: String) -> Bool {
        (1...255).contains(name.utf8.count) && name.utf8.first != UInt8(ascii: ".")
            && name.utf8.allSatisfy(InputName.isPlain)
    }
}
