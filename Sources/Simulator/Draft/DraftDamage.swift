/// What happens to a JWS after it was signed.
package enum DraftDamage: Sendable {
    case none
    /// One character of the signature is another.
    case flippedSignature
    /// The signature and its dot are missing.
    case cutSignature

    func applied(to jws: String) -> String {
        guard let dot = jws.lastIndex(of: ".") else { return jws }
        switch self {
        case .none: return jws
        case .cutSignature: return String(jws[..<dot])
        case .flippedSignature:
            let place = jws.index(dot, offsetBy: 40)
            return jws[..<place] + (jws[place] == "A" ? "B" : "A") + jws[jws.index(after: place)...]
        }
    }
}
