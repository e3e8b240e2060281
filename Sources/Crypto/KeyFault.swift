/// Why a public key is not taken, with what was found.
package enum KeyFault: Error, Equatable, Sendable {
    /// The modulus has fewer bits than allowed.
    case rsaTooSmall(bits: Int)
    /// The modulus has more bits than allowed.
    case rsaTooLarge(bits: Int)
    /// The exponent is even, below the least allowed, or does not fit in 32 bits.
    case exponent
    /// The modulus carries the fingerprint of keys that can be factored (CVE-2017-15361).
    case roca
    /// The modulus has a prime factor below 168.
    case smallFactor(Int)
    /// A number begins with a zero byte (RFC 7518 §6.3.1: as few bytes as possible).
    case leadingZero
    /// The curve is not one of ours, or is given by its parameters rather than its name.
    case curve
    /// The point is not on its curve.
    case notOnCurve
    /// A coordinate has not exactly the bytes of its curve (RFC 7518 §6.2.1.2).
    case coordinateLength(Int)
    /// The encoding is not strict DER, or a number makes no sense.
    case malformed
    /// The kind of key is not one of ours.
    case unsupported
    /// OpenSSL refused the key, in its words.
    case library(String)

    /// A short name that never changes.
    package var code: String {
        switch self {
        case .rsaTooSmall: "rsa_too_small"
        case .rsaTooLarge: "rsa_too_large"
        case .exponent: "rsa_exponent"
        case .roca: "rsa_roca"
        case .smallFactor: "rsa_small_factor"
        case .leadingZero: "leading_zero"
        case .curve: "ec_curve"
        case .notOnCurve: "ec_not_on_curve"
        case .coordinateLength: "ec_coordinate_length"
        case .malformed: "key_malformed"
        case .unsupported: "key_unsupported"
        case .library: "key_refused"
        }
    }
}
