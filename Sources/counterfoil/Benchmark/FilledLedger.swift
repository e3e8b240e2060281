import Crypto
import Encoding
import Glibc
import Ledger
import OpenBanking
import Operations

/// A ledger that holds many requests already, each with a client and a line of the audit trail.
///
/// They are entered by the ledger's own code in groups as a batch has them. What is chance in a real one is chance here;
/// texts are short.
struct FilledLedger {
    let requests: Int
    private let folder: String
    private var path: String { "\(folder)/ledger.sqlite" }

    private static let groupSize = 600

    init(in folder: String, requests: Int) {
        self.folder = "\(folder)/counterfoil-bench-\(getpid())-ledger"
        self.requests = requests
    }

    /// Makes it, and says what a request cost in each tenth: what the ledger alone takes as it grows.
    func fill(at now: UnixTime) throws(Failure) {
        guard unsafe mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw Self.fault(folder) }
        do throws(LedgerError) {
            let ledger = try Ledger.open(path)
            let slice = max(1, requests / 10)
            var (entered, told) = (0, 0)
            var watch = StopWatch()
            while entered < requests {
                let end = min(requests, entered + Self.groupSize)
                try ledger.group(at: now) { group throws(LedgerError) in
                    for number in entered..<end { try Self.enter(number, at: now, in: group) }
                }
                entered = end
                guard entered - told >= slice || entered == requests else { continue }
                let cost = watch.processor * 10 / Int64(entered - told)
                StandardError.write(
                    "the ledger alone, up to \(Figure.count(entered)) requests: \(cost / 10).\(cost % 10) µs each\n"
                )
                told = entered
                watch = StopWatch()
            }
            try ledger.checkpoint()
        } catch {
            throw Failure(error)
        }
    }

    /// Copies it to `path`, once nothing has it open and its log is part of it.
    func copy(to target: String) throws(Failure) {
        let from = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard from >= 0 else { throw Self.fault(path) }
        defer { close(from) }
        let into = unsafe open(target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard into >= 0 else { throw Self.fault(target) }
        defer { close(into) }
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 4096)
        defer { unsafe piece.deallocate() }
        while true {
            let count = unsafe read(from, piece.baseAddress, piece.count)
            if count == 0 { return }
            guard count > 0 else { throw Self.fault(path) }
            guard unsafe write(into, piece.baseAddress, count) == count else { throw Self.fault(target) }
        }
    }

    func remove() { FolderRemoval.remove(folder) }

    private static func enter(_ number: Int, at now: UnixTime, in group: LedgerGroup) throws(LedgerError) {
        let (digest, jti) = (SHA256Digest.of("request \(number)"), SHA256Digest.of("jti \(number)"))
        let hex = digest.hex
        var entry = RequestEntry(
            requestSHA256: digest,
            jtiKey: jti,
            resultName: "results/2026-11-22/batch.\(hex.prefix(16)).results.ndjson",
            line: number,
            decidedAt: now
        )
        let clientID = uuid(jti.hex)
        entry.foreseen = RequestEntry.Foreseen(outcome: .accepted, clientID: clientID)
        guard case .new(let row) = try group.enter(entry) else { throw .misuse("a synthetic request came twice") }
        let client = ClientRecord(
            clientID: clientID,
            softwareID: String(hex.suffix(22)),
            organisationID: "0015800001041RbAAI",
            environment: .production,
            channel: .dcr,
            authenticationMethod: "private_key_jwt",
            issuedAt: now,
            requestSHA256: digest,
            summary: #"{"scope":"openid accounts"}"#
        )
        try group.clients.issue(client)
        try group.finish(row, .accepted, clientID: clientID)
        try group.append(audit: #"{"event":"client.issued","client_id":"\#(clientID)"}"#)
    }

    private static func uuid(_ hex: String) -> String {
        let digits = Array(hex)
        let parts = [(0, 8), (8, 12), (12, 16), (16, 20), (20, 32)]
        return parts.map { String(digits[$0.0..<$0.1]) }.joined(separator: "-")
    }

    private static func fault(_ path: String) -> Failure {
        let message = UserMessage(
            path,
            unsafe String(cString: strerror(errno)),
            remedy: "name a folder that can be written with --folder"
        )
        return Failure(message, name: "file", .unexpected)
    }
}
