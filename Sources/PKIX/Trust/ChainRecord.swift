package import Crypto
package import Encoding

/// The verdict on a path in plain values, so that a store can keep it and a certificate needs verifying only once.
///
/// It holds for the anchors it was reached with: keep `TrustAnchors.digest` beside it and vet again when that
/// changes.
package struct ChainRecord: Equatable, Sendable {
    package var isTrusted: Bool
    /// Whether the certificate was judged as issued by the directory.
    package var issuedByDirectory: Bool
    /// Code, text and depth of the refusal; zero and empty when trusted.
    package var faultCode: Int
    package var faultText: String
    package var faultDepth: Int
    /// The window of the issuing authorities; zero when refused.
    package var notBefore: UnixTime
    package var notAfter: UnixTime
    /// The issuing authorities, the leaf's issuer first; empty when refused.
    package var issuers: [SHA256Digest]

    package init(
        isTrusted: Bool,
        issuedByDirectory: Bool,
        faultCode: Int = 0,
        faultText: String = "",
        faultDepth: Int = 0,
        notBefore: UnixTime = 0,
        notAfter: UnixTime = 0,
        issuers: [SHA256Digest] = []
    ) {
        self.isTrusted = isTrusted
        self.issuedByDirectory = issuedByDirectory
        self.faultCode = faultCode
        self.faultText = faultText
        self.faultDepth = faultDepth
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.issuers = issuers
    }

    init(_ chain: Result<ChainInfo, ChainRefusal>, issuedByDirectory: Bool) {
        switch chain {
        case .success(let info):
            self.init(
                isTrusted: true,
                issuedByDirectory: issuedByDirectory,
                notBefore: info.notBefore,
                notAfter: info.notAfter,
                issuers: info.issuers
            )
        case .failure(let refusal):
            self.init(
                isTrusted: false,
                issuedByDirectory: issuedByDirectory,
                faultCode: refusal.code,
                faultText: refusal.text,
                faultDepth: refusal.depth
            )
        }
    }

    /// The verdict as the certificate carries it.
    var chain: Result<ChainInfo, ChainRefusal> {
        isTrusted
            ? .success(ChainInfo(issuers: issuers, notBefore: notBefore, notAfter: notAfter))
            : .failure(ChainRefusal(code: faultCode, text: faultText, depth: faultDepth))
    }
}
