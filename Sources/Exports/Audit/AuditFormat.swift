package import Encoding

/// The forms the audit trail is written in.
package enum AuditFormat: String, CaseIterable, Sendable {
    /// Our own, which can be verified again without the ledger.
    case ndjson
    /// Elastic Common Schema 8.11.
    case ecs
    /// Open Cybersecurity Schema Framework 1.1, class 3004, Entity Management.
    case ocsf
    /// Common Event Format, revision 0.
    case cef

    /// Appends an entry as one line with its end; `version` is this program's.
    package func write(_ entry: AuditEntry, version: String, to buffer: ByteBuffer) {
        switch self {
        case .ndjson: AuditNative.write(entry.line, to: buffer)
        case .ecs: AuditECS.write(entry, to: buffer)
        case .ocsf: AuditOCSF.write(entry, version: version, to: buffer)
        case .cef: AuditCEF.write(entry, version: version, to: buffer)
        }
        buffer.append(UInt8(ascii: "\n"))
    }
}
