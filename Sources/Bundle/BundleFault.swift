/// Why a bundle is not taken; nothing of it took effect.
package struct BundleFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// The failures by their stable names.
    package enum Kind: String, Sendable, CaseIterable {
        /// There is no such file.
        case notFound = "not_found"
        /// The file cannot be read: our side's fault or the disk's.
        case unreadable
        /// The file is no plain tar of ours.
        case archive
        /// The file, or a member of it, is larger than allowed.
        case tooLarge = "too_large"
        /// The file ends too early, or something its metadata names is not in it.
        case truncated
        /// There is something in it that its metadata does not name.
        case extra
        /// Bytes differ from what was signed.
        case tampered
        /// Metadata cannot be read, or says something no metadata of ours says.
        case malformed
        /// No root was pinned, so there is nothing to begin trust with.
        case notPinned = "not_pinned"
        /// No root in it is the pinned one.
        case pinMismatch = "pin_mismatch"
        /// Roots are missing between the trusted one and its newest.
        case rootGap = "root_gap"
        /// It is signed by keys that are not trusted for it.
        case wrongSigner = "wrong_signer"
        /// Too few of the trusted keys signed it.
        case threshold
        /// It is older than what was imported before.
        case rollback
        /// It has the number of the one imported before and says something else.
        case equivocation
        /// Parts of different bundles were put together.
        case mixAndMatch = "mix_and_match"
        /// Its time is over: no newer one came.
        case expired
        /// This machine's clock is behind what was seen or signed before.
        case clockBack = "clock_back"
        /// It is of another repository.
        case secondExporter = "second_exporter"
        /// It is of another environment.
        case environment
        /// It leaves out bodies that are not here.
        case missingBody = "missing_body"
        /// Another import ran at the same time.
        case concurrent
        /// A key or a signature could not be made.
        case signing
        /// What was asked for cannot be done.
        case misuse
    }

    package let kind: Kind
    /// What was found, in one clause that is safe to print.
    package let detail: String

    package init(_ kind: Kind, _ detail: String) {
        self.kind = kind
        self.detail = detail
    }

    /// The stable name.
    package var code: String { "bundle.\(kind.rawValue)" }

    package var description: String { detail }
}
