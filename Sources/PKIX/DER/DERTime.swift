package import Encoding

/// UTCTime and GeneralizedTime in the one form RFC 5280 §4.1.2.5 permits: seconds, `Z`, no fraction.
package enum DERTime {
    /// 2050-01-01, from which dates are written as GeneralizedTime.
    static let year2050: UnixTime = 2_524_608_000

    /// The instant of `element`, as seconds since 1970 UTC.
    package static func decode(_ element: DERElement, in reader: DERReader) throws(DERFault) -> UnixTime {
        let range = element.content
        let yearDigits: Int
        switch element.tag {
        case DERTag.utcTime where range.count == 13: yearDigits = 2
        case DERTag.generalizedTime where range.count == 15: yearDigits = 4
        default: throw .time(at: element.start)
        }
        guard reader.bytes[range.upperBound - 1] == UInt8(ascii: "Z") else { throw .time(at: element.start) }
        var cursor = range.lowerBound
        func number(_ digits: Int) throws(DERFault) -> Int {
            var value = 0
            for _ in 0..<digits {
                let byte = reader.bytes[cursor]
                guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { throw .time(at: element.start) }
                value = value * 10 + Int(byte - UInt8(ascii: "0"))
                cursor += 1
            }
            return value
        }
        var year = try number(yearDigits)
        if yearDigits == 2 { year += year < 50 ? 2000 : 1900 }
        let (month, day) = (try number(2), try number(2))
        let (hour, minute, second) = (try number(2), try number(2), try number(2))
        guard (1...12).contains(month), day >= 1, day <= length(of: month, in: year), hour < 24, minute < 60,
            second < 60
        else { throw .time(at: element.start) }
        return days(year, month, day) * 86_400 + UnixTime(hour * 3_600 + minute * 60 + second)
    }

    private static func length(of month: Int, in year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days from 1970-01-01 to a date of the proleptic Gregorian calendar; years start in March so that leap days
    /// come last.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> UnixTime {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return UnixTime(era * 146_097 + dayOfEra - 719_468)
    }
}
