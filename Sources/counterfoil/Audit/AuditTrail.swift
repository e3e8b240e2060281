import Bundle
import Encoding
import Glibc
import KeyCache
import Ledger
import Operations

/// The audit trail, for what operators decide: opened before the deed, so that nothing is done that cannot be told.
struct AuditTrail {
    private let ledger: Ledger
    private let clock: Clock

    init(_ site: Site) throws(Failure) {
        ledger = try site.ledger()
        clock = site.clock
    }

    /// Tells what happened to bundles that no line tells yet.
    func note(_ bundles: BundleWatch) throws(Failure) { try bundles.note(in: ledger, at: clock.now()) }

    /// Tells of a bundle that was refused for what it is; not of one that only our side keeps from being taken.
    func append(_ fault: BundleFault, of path: String) throws(Failure) {
        guard !fault.mayPass, fault.kind != .misuse else { return }
        try append(.bundleRefused) { json in
            json.member("subject", Printable.text(path, limit: 400))
            json.member("reason", fault.code)
            json.member("detail", fault.detail)
            json.member("alarm", fault.isAlarm)
        }
    }

    /// Appends a line; `write` adds the members of the event.
    func append(_ event: AuditEvent, _ write: (inout JSONWriter) -> Void) throws(Failure) {
        let buffer = ByteBuffer(capacity: 512)
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("event", event.rawValue)
        write(&json)
        json.endObject()
        do throws(LedgerError) {
            try ledger.group(at: clock.now()) { group throws(LedgerError) in try group.append(audit: buffer.all.string)
            }
        } catch {
            throw Failure(error)
        }
    }
}

extension AuditTrail {
    /// Appends a line for each set that was decided.
    func append(_ event: AuditEvent, _ holds: [Hold], _ word: WordOptions) throws(Failure) {
        for hold in holds {
            try append(event) { json in
                json.member("subject", hold.url)
                json.member("hold", hold.id)
                word.write(to: &json)
            }
        }
    }
}

extension AuditOrigin {
    /// This process: its user, who logged in, and the machine.
    static let ofThisProcess: AuditOrigin = {
        var name = utsname()
        _ = unsafe uname(&name)
        let host = unsafe withUnsafeBytes(of: &name.nodename) { bytes in
            unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        return AuditOrigin(userID: getuid(), loginID: login, host: host)
    }()

    /// The user at the terminal or the like, which the kernel keeps through su and sudo; all ones is nobody.
    private static var login: UInt32? {
        do throws(FileBytes.Fault) {
            let text = String(decoding: try FileBytes.read("/proc/self/loginuid", limit: 64), as: UTF8.self)
            return UInt32(text.prefix { $0.isNumber }).flatMap { $0 == .max ? nil : $0 }
        } catch {
            return nil
        }
    }
}
