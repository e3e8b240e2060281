import Encoding
import PKIX

/// The subject DN a request claims, parsed.
enum SubjectClaim {
    /// Returns the name, or nil where the text is no RFC 4514 name.
    static func parse(_ text: ByteSlice) -> DistinguishedName? {
        do throws(DNFault) {
            return try DistinguishedName.parse(rfc4514: text)
        } catch {
            return nil
        }
    }
}
