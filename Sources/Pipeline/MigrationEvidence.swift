import Crypto
import Encoding
import JOSE
import OpenBanking
import Rules

extension Evidence {
    /// The keys a migrated record rests on: of the statement, of the request, of the transport certificate where its
    /// listing is of the past.
    func keyEvidence(relaxed: [RuleID]) -> [KeyEvidence] {
        var keys: [KeyEvidence] = []
        if statementSigned, let key = directoryKey {
            let standing = directoryStanding.map { $0.word } ?? ""
            keys.append(entry("software_statement", key, directoryKeys?.url ?? "", directoryPast, standing))
        }
        if requestVerified, let key = requestKey {
            let standing = requestStanding.map { $0.word } ?? ""
            keys.append(entry("request", key, softwareKeys?.url ?? "", requestPast, standing))
        }
        if let past = certificatePast, relaxed.contains(.membership) {
            keys.append(entry("transport", past.key, softwareKeys?.url ?? "", past, ""))
        }
        return keys
    }

    private func entry(
        _ role: String,
        _ key: VerificationKey,
        _ url: String,
        _ past: PastKey?,
        _ standing: String
    ) -> KeyEvidence {
        KeyEvidence(
            role: role,
            source: url,
            keyID: key.kid.map { Printable.text(ByteSlice($0)) } ?? "",
            spkiSHA256: key.key.spkiSHA256.hex,
            state: past?.state ?? standing,
            interval: past?.interval ?? KeyEvidence.Interval(),
            evidenceTime: past == nil ? nil : evidenceTime,
            flag: past?.flag
        )
    }
}

extension KeyStanding {
    /// The standing in one word, as results tell it.
    var word: String {
        switch self {
        case .active: "active"
        case .retired: "retired"
        case .expired: "expired"
        case .held: "held"
        case .revoked: "revoked"
        }
    }
}
