import Crypto
import Encoding
import Glibc
import Ledger
import Operations

/// How far an export is: a line for what is to be done and one for each step that is on disk.
///
/// A run that was stopped goes on behind the last whole line. The file is gone once the export is complete.
final class ExportJournal {
    /// How far a step came.
    struct Step {
        var files: [ExportedFile]
        var withheld: [WithheldReason: Int]
        var state: ClientFilter.State
        var place: ClientPlace
    }

    let through: Int64
    let madeAt: UnixTime
    private(set) var steps: [Step]
    private let path: String
    private let descriptor: Int32

    static func name(_ format: ExportFormat) -> String { ".\(format.rawValue).underway.ndjson" }

    /// Begins an export through the last group there is, or goes on with the one that was begun with the same order.
    init(_ folder: ExportFolder, _ order: ExportOrder, through: Int64, at now: UnixTime) throws(ExportError) {
        path = "\(folder.path)/\(Self.name(order.format))"
        descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .file(path: path, errno: errno) }
        steps = []
        let text = try Self.read(descriptor, path)
        let document = JSONDocument(limits: .record)
        var good = 0
        var head: (through: Int64, madeAt: UnixTime)?
        var start = 0
        while let end = text.firstIndex(of: UInt8(ascii: "\n"), from: start) {
            let line = text[start..<end]
            start = end + 1
            do throws(JSONError) { try document.parse(line) } catch { break }
            if head == nil {
                guard let found = Self.head(document.root) else { throw .damaged(path: path) }
                guard found.order == Self.key(order) else { throw .otherUnderway(path: path) }
                head = (found.through, found.madeAt)
            } else if let step = Self.step(document.root) {
                steps.append(step)
            } else {
                break
            }
            good = end + 1
        }
        wasBegun = head != nil
        self.through = head?.through ?? through
        self.madeAt = head?.madeAt ?? now
        guard ftruncate(descriptor, off_t(good)) == 0, lseek(descriptor, 0, SEEK_END) == good else {
            throw .file(path: path, errno: errno)
        }
        for file in steps.flatMap(\.files) where folder.size(of: file.name) != file.bytes {
            throw .damaged(path: "\(folder.path)/\(file.name)")
        }
        if head == nil { try begin(order) }
    }

    deinit { close(descriptor) }

    /// Whether an earlier run began it.
    let wasBegun: Bool

    /// Whether an earlier run completed a step of it.
    var isResumed: Bool { !steps.isEmpty }

    /// Writes a step down, durably.
    func add(_ step: Step) throws(ExportError) {
        try append { json in
            json.name("files")
            json.beginArray()
            for file in step.files { file.write(to: &json) }
            json.endArray()
            json.name("withheld")
            json.beginObject()
            for (reason, count) in step.withheld.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                json.name(reason.rawValue)
                json.integer(count)
            }
            json.endObject()
            json.member("state", step.state.rawValue)
            json.member("change", step.place.change)
            json.member("client_id", step.place.clientID)
        }
        steps.append(step)
    }

    private func begin(_ order: ExportOrder) throws(ExportError) {
        try append { json in
            json.member("v", 1)
            json.member("order", Self.key(order))
            json.member("through", through)
            json.member("made_at", madeAt)
        }
    }

    private func append(_ fill: (inout JSONWriter) -> Void) throws(ExportError) {
        let buffer = ByteBuffer(capacity: 1024)
        var json = JSONWriter(buffer)
        json.beginObject()
        fill(&json)
        json.endObject()
        buffer.append(UInt8(ascii: "\n"))
        let bytes = buffer.all.bytes
        let count = unsafe write(descriptor, bytes, bytes.count)
        guard count == bytes.count, fdatasync(descriptor) == 0 else {
            throw .file(path: path, errno: count < 0 ? errno : EIO)
        }
    }

    /// What two orders share where one may go on with the other's work.
    private static func key(_ order: ExportOrder) -> String {
        "\(order.format.rawValue) after \(order.after) by \(order.chunk)\(order.mark)"
    }

    private static func head(_ value: JSONValue) -> (order: String, through: Int64, madeAt: UnixTime)? {
        guard value["v"]?.integer == 1, let order = value["order"]?.text, let through = value["through"]?.integer,
            let madeAt = value["made_at"]?.integer
        else { return nil }
        return (order.string, through, madeAt)
    }

    private static func step(_ value: JSONValue) -> Step? {
        guard let files = value["files"],
            let state = value["state"]?.text.flatMap({ ClientFilter.State(rawValue: $0.string) }),
            let change = value["change"]?.integer, let clientID = value["client_id"]?.text
        else { return nil }
        var withheld: [WithheldReason: Int] = [:]
        value["withheld"]?.forEachMember { name, count in
            if let reason = WithheldReason(rawValue: name.string) { withheld[reason] = Int(count.integer ?? 0) }
        }
        let read = files.elements.compactMap { ExportedFile($0) }
        guard read.count == files.count else { return nil }
        return Step(
            files: read,
            withheld: withheld,
            state: state,
            place: ClientPlace(change: change, clientID: clientID.string)
        )
    }

    private static func read(_ descriptor: Int32, _ path: String) throws(ExportError) -> ByteSlice {
        let buffer = ByteBuffer(capacity: 64 << 10)
        var failure: Int32?
        while true {
            let before = buffer.count
            unsafe buffer.appendUnsafe(64 << 10) { room in
                let count = unsafe Glibc.read(descriptor, room.baseAddress, room.count)
                if count < 0 { failure = errno }
                return max(0, count)
            }
            if let failure { throw .file(path: path, errno: failure) }
            if buffer.count == before { return buffer.all }
        }
    }
}
