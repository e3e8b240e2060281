import Encoding
import PKIX

/// The subject DN a request claims.
enum SubjectClaim {
    /// The most bytes of one: what 3.4 allows.
    static let byteLimit = 512

    /// Returns the name, or why the text is no RFC 4514 name of at most 512 bytes.
    static func read(_ text: ByteSlice) -> Result<DistinguishedName, DNFault> {
        guard text.count <= byteLimit else { return .failure(.tooLong(limit: byteLimit)) }
        return Result { () throws(DNFault) in try DistinguishedName.parse(rfc4514: text) }
    }
}
