import Encoding
import PKIX

/// The subject DN a request claims.
enum SubjectClaim {
    /// Returns the name, or why the text is no RFC 4514 name.
    static func read(_ text: ByteSlice) -> Result<DistinguishedName, DNFault> {
        Result { () throws(DNFault) in try DistinguishedName.parse(rfc4514: text) }
    }
}
