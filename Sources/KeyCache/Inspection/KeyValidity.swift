package import Encoding

/// Whether a key was published and good at a time, as far as known.
package enum KeyValidity: String, Sendable, CaseIterable {
    case valid
    /// Between the last body without the key and the first with it, or the other way round.
    case uncertain
    /// Listed, but outside of its certificate's time.
    case outsideCertificate = "outside_certificate"
    case revoked
    case notListed = "not_listed"
}

extension HistoricKey {
    /// What is known of the key at a time.
    package func validity(at time: UnixTime) -> KeyValidity {
        if let revocation, time >= revocation.at { return .revoked }
        var isPossible = false
        for period in periods {
            let surely = time >= period.fromHigh && time <= (period.toHigh == nil ? .max : period.toLow ?? .min)
            if surely { return windows.contains { $0.contains(time) } ? .valid : .outsideCertificate }
            let start = period.fromLow ?? windows.filter(\.isTrusted).compactMap(\.notBefore).min() ?? .min
            if time > start && time < (period.toHigh ?? .max) { isPossible = true }
        }
        guard isPossible else { return .notListed }
        return windows.contains { $0.contains(time) } ? .uncertain : .outsideCertificate
    }
}
