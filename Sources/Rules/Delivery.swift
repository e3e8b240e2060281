package import Encoding

/// What was delivered for one request, before anything of it is read.
package struct Delivery {
    package enum Content {
        /// One JSON record: a line of a bulk file, or a `.json` file.
        case record(ByteSlice)
        /// A bare request JWS and the PEM delivered beside it.
        case bare(request: ByteSlice, certificate: ByteSlice?)
        /// Something that could not even be read, and why.
        case unreadable(String)
    }

    package var content: Content
    /// When it first reached us, in seconds.
    package var arrivedAt: UnixTime
    /// Set by the manifest of the batch it came in, never by the record itself.
    package var mode: JudgingMode

    package init(_ content: Content, arrivedAt: UnixTime, mode: JudgingMode = .ordinary) {
        self.content = content
        self.arrivedAt = arrivedAt
        self.mode = mode
    }
}

extension Delivery {
    /// The same in memory of its own, which no later reading overwrites.
    package var copied: Delivery {
        let copy: Content
        switch content {
        case .record(let text): copy = .record(ByteSlice(text.bytes))
        case .bare(let request, let certificate):
            copy = .bare(request: ByteSlice(request.bytes), certificate: certificate.map { ByteSlice($0.bytes) })
        case .unreadable: copy = content
        }
        return Delivery(copy, arrivedAt: arrivedAt, mode: mode)
    }
}
