import OpenBanking

/// Which rules say that a certificate does not authenticate its holder, so that a bank may answer them with 401.
enum CertificateAnswer {
    /// The rules about the certificate itself; that it is another TPP's is said with 400 in any case.
    static let rules: Set<RuleID> = [
        .certificateReadable, .possession, .certificateWindow, .certificateChain, .certificateIsLeaf,
        .certificateStrength, .certificatePurpose, .certificateProfile, .profileAllowed, .certificateNotRevoked,
        .certificateRevocationList, .issuingAuthority,
    ]
}
