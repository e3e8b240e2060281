import Encoding

/// A JSON value that can still be changed, down to text that is not valid JSON at all.
package indirect enum DraftValue: Equatable, Sendable {
    case text(String)
    case number(Int64)
    case bool(Bool)
    case null
    case list([DraftValue])
    case object(DraftMembers)
    /// Written as it is: `1.5`, `1e3`, or something broken.
    case raw(String)
    /// The place where a request draft puts its signed software statement.
    case signedStatement

    /// Makes a list of strings.
    package static func texts(_ values: [String]) -> DraftValue { .list(values.map { .text($0) }) }

    func write(to writer: inout JSONWriter) {
        switch self {
        case .text(let text): writer.string(text)
        case .number(let number): writer.integer(number)
        case .bool(let value): writer.bool(value)
        case .null, .signedStatement: writer.null()
        case .list(let values):
            writer.beginArray()
            for value in values { value.write(to: &writer) }
            writer.endArray()
        case .object(let members): members.write(to: &writer)
        case .raw(let text): writer.raw(ByteSlice(text))
        }
    }
}

extension DraftValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByNilLiteral
{
    package init(stringLiteral value: String) { self = .text(value) }
    package init(integerLiteral value: Int64) { self = .number(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(arrayLiteral elements: DraftValue...) { self = .list(elements) }
    package init(nilLiteral: ()) { self = .null }
}
