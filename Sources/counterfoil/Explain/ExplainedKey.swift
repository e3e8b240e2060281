import Crypto
import Encoding
import JOSE
import Rules

/// A key a signature was tried with, or the kid of one that is not known.
struct ExplainedKey {
    /// Whose key it is.
    let role: String
    let kid: String
    let isKnown: Bool
    let hasVerified: Bool
    let thumbprint: String?
    /// The set it is of.
    let url: String?
    let fetchedAt: UnixTime?
    let freshness: String?

    /// The directory's key and the software's, as far as the request names them.
    static func all(_ evidence: Evidence) -> [ExplainedKey] {
        let now = evidence.now
        let directory = evidence.statement.header?.keyID.map { kid in
            ExplainedKey(
                "directory key",
                kid,
                evidence.directoryKey,
                evidence.directoryKeys,
                evidence.statementSigned,
                now
            )
        }
        let software = evidence.request.header?.keyID.map { kid in
            ExplainedKey("software key", kid, evidence.requestKey, evidence.softwareKeys, evidence.requestVerified, now)
        }
        return [directory, software].compactMap(\.self)
    }

    private init(
        _ role: String,
        _ kid: ByteSlice,
        _ key: VerificationKey?,
        _ set: KeySet?,
        _ hasVerified: Bool,
        _ now: UnixTime
    ) {
        self.role = role
        self.kid = Printable.text(kid)
        isKnown = key != nil
        self.hasVerified = hasVerified
        thumbprint = key?.thumbprint.hex
        url = set?.url
        fetchedAt = set?.fetchedAt
        freshness = set?.state(at: now).rawValue
    }
}
