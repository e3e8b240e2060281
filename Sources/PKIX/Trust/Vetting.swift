import Crypto

extension TrustAnchors {
    /// Vets a certificate: decodes it, inspects it and traces it to the anchors, with `extra` issuing certificates at hand.
    package func vet(_ der: [UInt8], extra: [[UInt8]] = []) throws(CertificateFault) -> TransportCertificate {
        vet(try Certificate.decode(der), extra: extra)
    }

    /// Vets a certificate that was decoded before.
    package func vet(_ certificate: Certificate, extra: [[UInt8]] = []) -> TransportCertificate {
        TransportCertificate(
            certificate: certificate,
            issuedByDirectory: isIssuedByDirectory(certificate),
            chain: .failure(ChainRefusal(code: 10_000, text: "path verification is not available", depth: 0))
        )
    }
}
