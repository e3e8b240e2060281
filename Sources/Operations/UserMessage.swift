import Encoding

/// One thing that went wrong, told so that its first line makes sense alone in a mail from cron.
///
///     incoming/x.jwt: not a compact JWS
///       what to do: send header.payload.signature, nothing else
package struct UserMessage: Hashable, Sendable {
    /// The file or thing that is wrong; shown safe for a terminal.
    package let thing: String
    /// What is wrong, in plain words.
    package let what: String
    /// The rule or the system's error that says so.
    package let reference: String?
    /// What to do about it.
    package let remedy: String

    /// A message; `reference` is a rule or the name of a system error.
    package init(_ thing: String, _ what: String, reference: String? = nil, remedy: String) {
        self.thing = thing
        self.what = what
        self.reference = reference
        self.remedy = remedy
    }
}

extension UserMessage: CustomStringConvertible {
    /// Two lines, without a line end.
    package var description: String {
        let head = "\(Printable.text(thing, limit: 400)): \(Printable.text(what, limit: 1000))"
        let place = reference.map { " (\(Printable.text($0, limit: 80)))" } ?? ""
        return "\(head)\(place)\n  what to do: \(Printable.text(remedy, limit: 1000))"
    }
}
