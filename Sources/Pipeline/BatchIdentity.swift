import Crypto
import Encoding
import Ledger
import Rules
import Spool

/// What tells one batch from every other, read before anything of it is judged: its hash, its lines, its manifest.
struct BatchIdentity {
    let sha256: SHA256Digest
    let lines: Int
    /// The version of the file that was hashed: only of that lines are answered.
    var version = ""
    var manifest: BatchManifest?
    /// What the batch and its manifest are known by in answers; nil without a manifest.
    var control: Control?
    /// Why the batch is refused as a whole, where its manifest does not fit.
    var refusal: String?
    /// The day its results appear under: the day it began, also where it is resumed on another.
    var day: String

    /// What the answers to a batch with a manifest say of it, also where it is refused.
    struct Control {
        /// The digest of the manifest's bytes.
        var manifestSHA256: SHA256Digest
        /// The `batch_id`, where it could be read.
        var batchID: String?
        /// The hash total of the lines.
        var hashTotal: String
    }

    /// The first 16 digits of the hash, which name its results.
    var h16: String { String(sha256.hex.prefix(16)) }

    /// Reads the whole file, and checks what its manifest says of it; `now` is when it came.
    static func read(
        _ file: TakenFile,
        by plan: ProcessPlan,
        at now: UnixTime
    ) throws(SpoolError) -> BatchIdentity {
        let stream = SHA256Stream()
        // Only a manifest asks for the total, which costs as much as the digest.
        let total = file.manifest == nil ? nil : LineTotal()
        var lines = 0
        var endsOpen = false
        let reader = try file.lines()
        try reader.forEachPiece { piece in
            stream.update(piece)
            total?.update(piece)
            var from = 0
            while let end = piece.firstIndex(of: UInt8(ascii: "\n"), from: from) {
                lines += 1
                from = end + 1
            }
            endsOpen = from < piece.count
        }
        if endsOpen { lines += 1 }
        let digest = stream.finish()
        let text = try file.readManifest(into: ByteBuffer())
        var identity = BatchIdentity(sha256: digest, lines: lines, day: SpoolLayout.day(now))
        identity.version = reader.version
        guard let text, let hashTotal = total?.finish() else { return identity }
        identity.control = Control(
            manifestSHA256: .of(text),
            batchID: BatchManifest.batchID(of: text),
            hashTotal: hashTotal
        )
        let latest = now + plan.policy.clockSkew
        let found = BatchManifest.File(sha256: digest, lines: lines, hashTotal: hashTotal, latest: latest)
        switch BatchManifest.check(text, found) {
        case .success(let manifest): identity.manifest = manifest
        case .failure(let fault): identity.refusal = fault.description
        }
        return identity
    }

    /// Why a batch of migrations is refused where the bank allows none.
    static let migrationRefusal = "mode is migration, which policy.migration.allowed does not allow"

    /// Why a batch is refused whose manifest has the id of another.
    static func refusal(usedBy file: String) -> String { "batch_id was used by \(file)" }

    func record(_ file: TakenFile, at now: UnixTime) -> BatchRecord {
        var record = BatchRecord(
            key: "\(file.stem).\(h16)",
            manifestID: manifest?.batchID,
            fileName: file.name,
            byteCount: Int64(file.size),
            contentSHA256: sha256,
            stagedName: SpoolLayout.batchPart(stem: file.stem, h16: h16),
            startedAt: now
        )
        record.isMigration = manifest?.mode == .migration
        return record
    }

    func resultsName(_ file: TakenFile) -> String { SpoolLayout.batchResults(stem: file.stem, h16: h16) }

    func deferredName(_ file: TakenFile, line: Int) -> DeferredName {
        DeferredName(stem: file.stem, h16: h16, line: line)
    }
}
