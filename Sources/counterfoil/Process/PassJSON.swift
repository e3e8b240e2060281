import Encoding
import Ledger
import OpenBanking
import Operations
import Pipeline
import Rules

/// A pass as programs read it: one object, `"v":1`.
enum PassJSON {
    static func write(_ result: PassResult) -> ByteBuffer {
        let buffer = ByteBuffer()
        let tally = result.tally
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("v", 1)
        json.member("type", "summary")
        json.member("time", Timestamp.rfc3339(result.now))
        json.member("dry_run", result.isDryRun)
        json.member("stopped", result.wasStopped)
        json.member("requests", Int64(tally.requests))
        json.name("outcomes")
        json.beginObject()
        for outcome in Outcome.allCases {
            json.name(outcome.rawValue)
            json.integer(tally.counts[outcome])
        }
        json.endObject()
        json.member("ms", tally.milliseconds)
        json.name("per_s")
        if let rate = result.rate { json.integer(rate) } else { json.null() }
        writeKeys(result, &json)
        json.member("published", Int64(tally.published))
        json.member("results", result.isDryRun ? nil : result.resultsFolder)
        json.member("waiting", Int64(result.waiting))
        writeRefusals(tally, &json)
        for (name, files) in [("failed", tally.failed), ("lost", tally.lost)] {
            json.name(name)
            json.beginArray()
            for file in files {
                json.beginObject()
                json.member("file", file.name)
                json.member("reason", file.reason)
                json.endObject()
            }
            json.endArray()
        }
        json.name("batches")
        json.beginArray()
        for name in tally.batches { json.string(name) }
        json.endArray()
        json.endObject()
        return buffer
    }

    private static func writeKeys(_ result: PassResult, _ json: inout JSONWriter) {
        json.name("keys")
        json.beginObject()
        json.member("state", result.keys.word)
        json.member("snapshot", Int64(result.generation))
        json.member("fetched_at", result.keys.fetchedAt.map { Timestamp.rfc3339($0) })
        json.endObject()
    }

    private static func writeRefusals(_ tally: PassTally, _ json: inout JSONWriter) {
        json.name("refusals")
        json.beginArray()
        for (rule, count) in tally.refusals.sorted(by: { $0.key < $1.key }) {
            json.beginObject()
            json.member("rule", rule.name)
            json.member("requests", Int64(count))
            json.member("statement", RuleEntry.of(rule)?.statement)
            json.endObject()
        }
        json.endArray()
    }
}
