import Encoding
import PKIX

/// A revocation list whose signature verified, with who signed it.
struct VerifiedList {
    let list: RevocationList
    let signer: Certificate

    /// Decodes a body and looks for the authority that signed it.
    static func verify(
        _ body: [UInt8],
        anchors: TrustAnchors,
        settings: CacheSettings,
        at time: UnixTime
    ) -> Result<VerifiedList, Refusal> {
        guard body.count <= settings.revocationListByteLimit else {
            return .failure(Refusal(RevocationFault.tooLarge(limit: settings.revocationListByteLimit)))
        }
        let list: RevocationList
        do { list = try RevocationList.decode(body) } catch { return .failure(Refusal(error)) }
        guard list.thisUpdate <= time + settings.clockSkew else { return .failure(.listFromFuture) }
        var fault = RevocationFault.notIssuer
        for authority in anchors.authorities(named: list.issuer, keyIdentifier: list.authorityKeyIdentifier) {
            do {
                try list.verify(signedBy: authority)
                return .success(VerifiedList(list: list, signer: authority))
            } catch {
                fault = error
            }
        }
        return .failure(Refusal(fault))
    }
}
