@testable import Crypto
@testable import Encoding
@testable import OpenBanking
@testable import Rules

extension FuzzTarget {
    /// Records: whatever is delivered ends in a verdict that says why, and only the genuine request is accepted.
    static let record = FuzzTarget("record", byteLimit: 16_384) { bytes throws(BrokenProperty) in
        let examiner = Genuine.kept.examiner()
        let inRecord = Delivery(.record(ByteSlice(bytes)), arrivedAt: Genuine.kept.now)
        let isAccepted = try RecordProperties.judge(examiner, inRecord)
        let bare = Delivery(
            .bare(request: ByteSlice(bytes), certificate: ByteSlice(Genuine.kept.certificatePEM)),
            arrivedAt: Genuine.kept.now
        )
        return try RecordProperties.judge(examiner, bare) || isAccepted
    }

    /// Manifests: what fits names what the file is, and any other is refused with a sentence.
    static let manifest = FuzzTarget("manifest", byteLimit: 2_048) { bytes throws(BrokenProperty) in
        let file = BatchManifest.File(
            sha256: SHA256Digest.of("lines"),
            lines: 3,
            hashTotal: "0123456789abcdef",
            latest: 1_800_000_000
        )
        let manifest: BatchManifest
        switch BatchManifest.check(ByteSlice(bytes), file) {
        case .success(let read): manifest = read
        case .failure(let refusal):
            let text = "\(refusal)"
            try hold(Screen.isClean(text), "the refusal cannot be shown: \(text.debugDescription)")
            return false
        }
        if let id = manifest.batchID {
            try hold((1...128).contains(id.utf8.count), "a batch_id of \(id.utf8.count) bytes")
        }
        let stranger = BatchManifest.File(
            sha256: SHA256Digest.of("others"),
            lines: 4,
            hashTotal: "fedcba9876543210",
            latest: 1_800_000_000
        )
        let other = BatchManifest.check(ByteSlice(bytes), stranger)
        let document = JSONDocument(limits: .record)
        try must("accepted, but not JSON") { () throws(JSONError) in try document.parse(bytes) }
        let isBound = ["sha256", "records", "hash_total"].contains { document.root[$0] != nil }
        var othersFit = true
        if case .failure = other { othersFit = false }
        try hold(othersFit != isBound, "another file fits what this manifest says")
        try hold(manifest.mode == .ordinary || isBound, "rules are relaxed for any file")
        return true
    }
}

enum RecordProperties {
    static func judge(_ examiner: Examiner, _ delivery: Delivery) throws(BrokenProperty) -> Bool {
        let genuine = Genuine.kept
        let verdict = examiner.examine(delivery, now: genuine.now, trust: genuine.view)
        switch verdict.outcome {
        case .accepted:
            try hold(examiner.evidence.isProven, "accepted without proof")
            guard examiner.evidence.operation.carriesStatement else { return true }
            try hold(examiner.evidence.requestText?.bytes == genuine.request, "another request was accepted")
        case .rejected, .malformed: try hold(verdict.primary != nil, "refused without a reason")
        case .deferred: try hold(!verdict.wanted.isEmpty, "waits for nothing")
        case .duplicate: throw BrokenProperty(description: "the rules know no duplicates")
        }
        for finding in verdict.findings {
            try hold(!finding.message.isEmpty && !finding.remedy.isEmpty, "\(finding.rule.name) says nothing")
            try hold(Screen.isClean(finding.message), "\(finding.rule.name) cannot be shown")
            try hold(finding.value.map(Screen.isClean) ?? true, "the value of \(finding.rule.name) cannot be shown")
        }
        return verdict.outcome == .accepted
    }
}
