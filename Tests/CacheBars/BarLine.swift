/// What was measured of one promise.
struct BarLine: CustomStringConvertible {
    let name: String
    /// What was promised, in a few words.
    let claim: String
    /// What was measured.
    let figure: String
    let isMet: Bool

    init(_ name: String, _ claim: String, _ figure: String, _ isMet: Bool) {
        self.name = name
        self.claim = claim
        self.figure = figure
        self.isMet = isMet
    }

    var description: String { "\(name) \(isMet ? "ok  " : "FAIL") \(claim): \(figure)" }
}

extension Double {
    /// With so many decimals.
    func text(_ decimals: Int) -> String {
        var factor = 1.0
        for _ in 0..<decimals { factor *= 10 }
        let whole = Int64((self * factor).rounded())
        guard decimals > 0 else { return "\(whole)" }
        let digits = String(whole.magnitude)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        return (whole < 0 ? "-" : "") + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }
}
