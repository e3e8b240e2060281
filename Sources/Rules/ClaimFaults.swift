import Encoding
import OpenBanking

/// A claim that must be letters and digits, `maximum` at the most.
func wordFault(_ r: Evidence, _ name: RequestClaim, maximum: Int) -> Fault? {
    if let fault = presentTextFault(r, name) { return fault }
    guard let text = r.text(name), !Words.isWord(text, maximum: maximum) else { return nil }
    return Fault("\(name.rawValue) is not 1 to \(maximum) letters and digits", text)
}

/// A claim that must be a non-empty string.
func presentTextFault(_ r: Evidence, _ name: RequestClaim) -> Fault? {
    if r.request.claims.isText(name) { return nil }
    guard let value = r.claim(name) else { return Fault("\(name.rawValue) is missing") }
    guard let text = value.text else { return Fault("\(name.rawValue) is not a string") }
    return text.isEmpty ? Fault("\(name.rawValue) is empty") : nil
}

/// A claim that must be a string of 1 to `maximum` bytes.
func boundedFault(_ r: Evidence, _ name: RequestClaim, maximum: Int) -> Fault? {
    if r.request.claims.isText(name, maximum: maximum) { return nil }
    if let fault = presentTextFault(r, name) { return fault }
    guard let text = r.text(name), text.count > maximum else { return nil }
    return Fault("\(name.rawValue) is \(text.count) bytes long; at most \(maximum) are allowed", text)
}

/// A claim that must be a NumericDate in whole seconds.
func timeFault(_ r: Evidence, _ name: RequestClaim) -> Fault? {
    guard let value = r.claim(name) else { return Fault("\(name.rawValue) is missing") }
    guard value.kind == .number, let seconds = value.integral else {
        return Fault(
            "\(name.rawValue) is not a whole number of seconds",
            value.kind == .number ? value.raw : ByteSlice("")
        )
    }
    if seconds < 0 { return Fault("\(name.rawValue) is before 1970", value.raw) }
    return seconds > 100_000_000_000
        ? Fault("\(name.rawValue) looks like milliseconds; seconds are needed", value.raw) : nil
}

/// A claim whose text must be one of a list.
func choiceFault(_ r: Evidence, _ name: RequestClaim, among allowed: [String]) -> Fault? {
    if let fault = presentTextFault(r, name) { return fault }
    guard let text = r.text(name), !allowed.contains(where: { text.equals($0) }) else { return nil }
    return Fault("\(name.rawValue) is not one of \(allowed.joined(separator: ", "))", text)
}
