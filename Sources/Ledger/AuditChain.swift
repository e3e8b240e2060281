package import Crypto
package import Encoding

/// How the audit trail is chained: each hash covers the hash before it, so no line changes unseen.
package enum AuditChain {
    /// What stands before the first line.
    package static let start = SHA256Digest(0, 0, 0, 0)

    /// What a check of the whole trail found.
    package enum Check: Sendable, Equatable {
        /// Every line fits; `head` is what to note down elsewhere.
        case intact(lines: Int64, head: SHA256Digest)
        /// The first line that does not fit, and how.
        case broken(at: Int64, Flaw)
    }

    /// How a line does not fit.
    package enum Flaw: String, Sendable {
        /// A number is skipped: lines are missing.
        case gap
        /// The line names another predecessor.
        case link
        /// The line's own content was changed.
        case content
        /// Lines behind this one are missing: the trail ends before the head written with it.
        case cut
    }

    /// The hash of a line: SHA-256 over previous, number, time and text.
    ///
    /// Previous has 32 bytes; number and time have 8 each, most significant first.
    package static func hash(
        previous: SHA256Digest,
        number: Int64,
        at: UnixTime,
        text: ByteSlice,
        by stream: SHA256Stream = SHA256Stream()
    ) -> SHA256Digest {
        stream.update(previous)
        stream.update(bigEndian: number)
        stream.update(bigEndian: at)
        stream.update(text)
        return stream.finish()
    }

    /// The hash of a line whose text is a string.
    package static func hash(previous: SHA256Digest, number: Int64, at: UnixTime, text: String) -> SHA256Digest {
        hash(previous: previous, number: number, at: at, text: ByteSlice(text))
    }
}
