import Encoding

extension UnixTime {
    /// The sum, or the nearest time there is: any of the two may be anybody's word.
    func addingClamped(_ seconds: Int64) -> UnixTime {
        let (sum, overflow) = addingReportingOverflow(seconds)
        return overflow ? (seconds < 0 ? .min : .max) : sum
    }

    /// The difference, or the nearest time there is.
    func subtractingClamped(_ seconds: Int64) -> UnixTime {
        let (difference, overflow) = subtractingReportingOverflow(seconds)
        return overflow ? (seconds < 0 ? .max : .min) : difference
    }
}
