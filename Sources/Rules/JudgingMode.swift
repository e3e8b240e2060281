/// As of when a request is judged.
package enum JudgingMode: String, Sendable, CaseIterable {
    /// By the present: keys, certificates, times.
    case ordinary
    /// Records of clients that exist may be judged as of their registration, by the bank's own evidence of it.
    case migration
}
