import Encoding

/// When a mirror's files were fetched from their servers, as far as the mirror or the operator says so.
///
/// Said by `<file>.fetched_at` beside a file, by `.fetched_at` in the tree's folder, and by the operator; where more than
/// one speaks the oldest counts, so that nothing can make a copy younger. The files' own times are never looked at: a
/// copy, a restore and a checkout all set them to now.
struct MirrorTime {
    /// The name of the file for the whole tree, and the end of the name of the one beside a file.
    static let name = ".fetched_at"
    static let byteLimit = 64

    /// The time a sidecar's content stands for: one RFC 3339 time and white space.
    static func read(_ bytes: [UInt8], path: String) throws(FetchFailure) -> UnixTime {
        let text = String(decoding: bytes, as: UTF8.self).split { $0 == " " || $0 == "\t" || $0.isNewline }
        guard text.count == 1, let time = Timestamp.parse(String(text[0])) else { throw .mirrorTime(path) }
        return time
    }
}
