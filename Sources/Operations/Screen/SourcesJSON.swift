package import Encoding

/// The sources of keys for programs: one object, `"v":1`, times as RFC 3339.
package enum SourcesJSON {
    /// Writes the object.
    package static func write(_ facts: SourcesFacts, into buffer: ByteBuffer) {
        var writer = JSONWriter(buffer)
        writer.beginObject()
        writer.member("v", 1)
        writer.member("time", Timestamp.rfc3339(facts.now))
        writer.member("generation", facts.generation)
        write(facts.classes, &writer)
        write(facts.lists, &writer)
        writer.name("sources")
        writer.beginArray()
        for source in facts.sources { write(source, &writer) }
        writer.endArray()
        writer.endObject()
    }

    /// Writes the member `classes`.
    static func write(_ classes: [ClassFacts], _ writer: inout JSONWriter) {
        writer.name("classes")
        writer.beginArray()
        for one in classes {
            writer.beginObject()
            writer.member("class", one.name)
            writer.member("total", one.total)
            writer.member("fresh", one.count(.fresh))
            writer.member("stale", one.count(.stale))
            writer.member("never", one.count(.never))
            writer.member("held", one.count(.held))
            writer.member("unusable", one.count(.unusable))
            writer.member("failing", one.failing)
            time("oldest", one.oldest, &writer)
            time("next_due", one.nextDue, &writer)
            writer.endObject()
        }
        writer.endArray()
    }

    /// Writes the member `crls`.
    static func write(_ lists: [ListFacts], _ writer: inout JSONWriter) {
        writer.name("crls")
        writer.beginArray()
        for list in lists {
            writer.beginObject()
            writer.member("url", list.url)
            writer.member("issuer", list.issuer)
            writer.member("number", list.number)
            writer.member("entries", list.entries)
            time("this_update", list.thisUpdate, &writer)
            time("next_update", list.nextUpdate, &writer)
            time("last_good", list.lastGood, &writer)
            writer.endObject()
        }
        writer.endArray()
    }

    private static func write(_ source: SourceFacts, _ writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("url", source.url)
        writer.member("class", source.className)
        writer.member("name", source.name)
        writer.member("state", source.sign.word)
        writer.member("reach", source.reachText)
        time("last_good", source.lastGood, &writer)
        time("last_attempt", source.lastAttempt, &writer)
        time("next_due", source.nextDue, &writer)
        time("usable_until", source.usableUntil, &writer)
        writer.member("failures", source.failures)
        writer.member("error", source.error)
        writer.member("etag", source.etag)
        writer.name("hold")
        if let hold = source.hold {
            writer.beginObject()
            writer.name("id")
            writer.integer(hold.id)
            writer.member("rule", hold.rule)
            writer.member("since", Timestamp.rfc3339(hold.since))
            writer.endObject()
        } else {
            writer.null()
        }
        writer.endObject()
    }

    private static func time(_ name: StaticString, _ time: UnixTime?, _ writer: inout JSONWriter) {
        // A list without an end is usable until the largest number; that is no moment anyone can write down.
        writer.member(name, time.flatMap { $0 < 253_402_300_800 ? Timestamp.rfc3339($0) : nil })
    }
}
