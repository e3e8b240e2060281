package import Encoding
package import Fetch
package import KeyCache

/// Reads what response headers say of freshness and waiting; anything odd counts as "no time at all".
package enum FreshnessReader {
    /// The hints of a 200 or 304 (RFC 9111 §4.2); only those two may be asked.
    package static func hints(of headers: FetchHeaders) -> FreshnessHints {
        FreshnessHints(
            maximumAge: headers.cacheControl.flatMap(maximumAge),
            age: headers.age.map { DeltaSeconds.parse($0) ?? 0 },
            expires: headers.expires.map { HTTPDate.parse($0) ?? 0 },
            date: headers.date.flatMap(HTTPDate.parse),
            lastModified: headers.lastModified.flatMap(HTTPDate.parse)
        )
    }

    /// The seconds a `Retry-After` asks for, a count or a date; nil when it is absent, unreadable or past.
    package static func retryAfter(_ text: String?, now: UnixTime) -> Int64? {
        guard let text else { return nil }
        if let seconds = DeltaSeconds.parse(text) { return seconds }
        guard let date = HTTPDate.parse(text), date > now else { return nil }
        return min(date - now, DeltaSeconds.largest)
    }

    /// `max-age` of a `Cache-Control`; nil when no directive speaks of time.
    ///
    /// 0 for `no-store`, `no-cache`, an unreadable number and two `max-age` that differ. `s-maxage` is for shared
    /// caches and ignored.
    private static func maximumAge(_ cacheControl: String) -> Int64? {
        var found: Int64?
        for part in cacheControl.split(separator: ",") {
            let directive = trimmed(part).lowercased()
            if directive == "no-store" || directive == "no-cache" || directive.hasPrefix("no-cache=") { return 0 }
            guard directive.hasPrefix("max-age") else { continue }
            let value = trimmed(directive.dropFirst("max-age".count))
            guard value.hasPrefix("=") else { return 0 }
            let seconds = DeltaSeconds.parse(unquoted(trimmed(value.dropFirst()))) ?? 0
            if let found, found != seconds { return 0 }
            found = seconds
        }
        return found
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while let first = text.first, first == " " || first == "\t" { text = text.dropFirst() }
        while let last = text.last, last == " " || last == "\t" { text = text.dropLast() }
        return text
    }

    private static func unquoted(_ text: Substring) -> Substring {
        text.count >= 2 && text.hasPrefix("\"") && text.hasSuffix("\"") ? text.dropFirst().dropLast() : text
    }
}
