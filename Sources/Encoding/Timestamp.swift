/// Times as RFC 3339 text, always written in UTC.
package enum Timestamp {
    /// The first second of year 0 and the last of year 9999, between which all times are written.
    private static let written: ClosedRange<UnixTime> = -62_167_219_200...253_402_300_799

    /// The time as `2026-11-22T10:00:00Z`; clamped to the years 0…9999.
    package static func rfc3339(_ time: UnixTime) -> String {
        let buffer = ByteBuffer(capacity: 24)
        append(time, to: buffer)
        return buffer.all.string
    }

    /// The time's day in UTC as `2026-11-22`; clamped to the years 0…9999.
    package static func day(_ time: UnixTime) -> String {
        let buffer = ByteBuffer(capacity: 16)
        appendDay(clamped(time).days, to: buffer)
        return buffer.all.string
    }

    /// Appends the time as `2026-11-22T10:00:00Z`.
    package static func append(_ time: UnixTime, to buffer: ByteBuffer) {
        let (days, second) = clamped(time)
        appendDay(days, to: buffer)
        buffer.append(UInt8(ascii: "T"))
        appendDigits(second / 3600, 2, to: buffer)
        buffer.append(UInt8(ascii: ":"))
        appendDigits(second / 60 % 60, 2, to: buffer)
        buffer.append(UInt8(ascii: ":"))
        appendDigits(second % 60, 2, to: buffer)
        buffer.append(UInt8(ascii: "Z"))
    }

    /// The time a text stands for; nil when it is not RFC 3339 or outside 1970…9999.
    package static func parse(_ text: String) -> UnixTime? {
        parse(ByteSlice(text))
    }

    /// The time a text stands for; nil when it is not RFC 3339 or outside 1970…9999.
    ///
    /// Needs seconds and an offset (`Z` or `±hh:mm`, either case of T and Z); the day must exist; a fraction of a
    /// second is cut off; leap seconds and 24:00 are refused.
    package static func parse(_ slice: ByteSlice) -> UnixTime? {
        var reader = TimestampReader(slice)
        guard let year = reader.digits(4), reader.take("-"),
            let month = reader.digits(2), reader.take("-"),
            let day = reader.digits(2), reader.takeIgnoringCase("t"),
            let hour = reader.digits(2), reader.take(":"),
            let minute = reader.digits(2), reader.take(":"),
            let second = reader.digits(2), reader.takeFraction(),
            let offset = reader.offset(), reader.isAtEnd
        else { return nil }
        guard hour < 24, minute < 60, second < 60,
            let days = CivilCalendar.days(year: year, month: month, day: day)
        else { return nil }
        let time = days * 86_400 + hour * 3600 + minute * 60 + second - offset
        return (0...written.upperBound).contains(time) ? time : nil
    }

    private static func clamped(_ time: UnixTime) -> (days: Int64, second: Int64) {
        let time = min(max(time, written.lowerBound), written.upperBound)
        let second = ((time % 86_400) + 86_400) % 86_400
        return ((time - second) / 86_400, second)
    }

    private static func appendDay(_ days: Int64, to buffer: ByteBuffer) {
        let (year, month, day) = CivilCalendar.date(days: days)
        appendDigits(year, 4, to: buffer)
        buffer.append(UInt8(ascii: "-"))
        appendDigits(month, 2, to: buffer)
        buffer.append(UInt8(ascii: "-"))
        appendDigits(day, 2, to: buffer)
    }

    private static func appendDigits(_ value: Int64, _ width: Int, to buffer: ByteBuffer) {
        var divisor: Int64 = 1
        for _ in 1..<width { divisor *= 10 }
        while divisor > 0 {
            buffer.append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
            divisor /= 10
        }
    }
}
