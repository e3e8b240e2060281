import Bundle
import Crypto
import Encoding
import KeyCache

/// What is said of bundles, for programs.
enum BundleJSON {
    static func export(_ report: ExportReport) -> ByteBuffer {
        document("bundle_export") { json in
            json.member("file", report.path)
            json.name("bundle")
            write(report.record, &json)
            json.member("sha256", report.sha256.hex)
            json.member("bytes", report.bytes)
            json.member("bodies", report.bodies)
            json.member("unchanged", report.unchanged)
            json.member("never_fetched", report.empty)
            json.member("past_keys", report.pastKeys)
            json.member("events", report.observations)
        }
    }

    static func inspection(_ bundle: BundleInspection) -> ByteBuffer {
        document("bundle_verify") { json in
            json.member("repository", bundle.repository)
            json.member("version", bundle.version)
            json.member("created", Timestamp.rfc3339(bundle.created))
            json.member("expires", Timestamp.rfc3339(bundle.expires))
            json.member("root_version", bundle.rootVersion)
            json.member("signers", bundle.signers)
            json.member("sources", bundle.sources)
            json.member("bodies", bundle.bodies)
            json.member("left_out", bundle.absent)
            json.member("past_keys", bundle.pastKeys)
            json.member("events", bundle.observations)
            json.name("since")
            if let since = bundle.since { json.integer(since) } else { json.null() }
            json.member("imported", bundle.isKnown)
        }
    }

    static func report(_ report: ImportReport, isRehearsal: Bool, withLines: Bool) -> ByteBuffer {
        document("bundle_import") { json in
            json.name("bundle")
            write(report.record, &json)
            json.member("dry_run", isRehearsal)
            json.member("known", report.isKnown)
            json.member("root_version", report.rootVersion)
            json.member("new_roots", report.newRoots)
            json.member("fast_forward", report.hasForgotten)
            json.member("new_sources", report.newSources)
            json.name("sources")
            json.beginObject()
            for outcome in ImportLine.Outcome.allCases {
                json.name(outcome.rawValue)
                json.integer(report.count(outcome))
            }
            json.endObject()
            json.member("past_keys", report.pastKeys)
            json.member("revocations", report.orders)
            json.member("events", report.observations)
            json.name("lines")
            json.beginArray()
            for line in report.lines where withLines || !(line.outcome == .unchanged || line.outcome == .updated) {
                write(line, &json)
            }
            json.endArray()
        }
    }

    /// The bundle itself.
    static func write(_ record: BundleRecord, _ json: inout JSONWriter) {
        json.beginObject()
        json.member("repository", record.repository)
        json.member("version", record.version)
        json.member("created", Timestamp.rfc3339(record.created))
        json.member("expires", Timestamp.rfc3339(record.expires))
        json.member("fresh_until", Timestamp.rfc3339(record.freshUntil))
        json.member("usable_until", Timestamp.rfc3339(record.usableUntil))
        json.member("signed_sha256", record.sha256.hex)
        json.member("signers", record.signers)
        json.member("recorded_at", Timestamp.rfc3339(record.recordedAt))
        json.member("extended_by", record.word?.by)
        json.member("extended_why", record.word?.why)
        json.endObject()
    }

    private static func write(_ line: ImportLine, _ json: inout JSONWriter) {
        json.beginObject()
        json.member("url", line.url)
        json.member("class", line.class.rawValue)
        json.member("outcome", line.outcome.rawValue)
        json.member("added", line.changes.added)
        json.member("removed", line.changes.removed)
        json.member("revoked", line.changes.revoked)
        json.member("reason", line.reason)
        json.endObject()
    }

    private static func document(_ type: String, _ fill: (inout JSONWriter) -> Void) -> ByteBuffer {
        let buffer = ByteBuffer()
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("v", 1)
        json.member("type", type)
        fill(&json)
        json.endObject()
        return buffer
    }
}
