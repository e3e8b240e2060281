import Encoding

/// What one walk over a certificate finds; byte strings stay ranges of the encoding.
struct CertificateFields: Sendable {
    var version = 1
    var signed = 0..<0
    var serial = 0..<0
    var signatureAlgorithm = ""
    var innerAlgorithm = 0..<0
    var algorithmIdentifier = 0..<0
    var issuer = DistinguishedName(rdns: [])
    var issuerRange = 0..<0
    var notBefore: UnixTime = 0
    var notAfter: UnixTime = 0
    var subject = DistinguishedName(rdns: [])
    var subjectRange = 0..<0
    var spki = 0..<0
    var publicKeyKind = PublicKeyKind.other("")
    var extensions = CertificateExtensions()
    var signature = 0..<0
    var defects: [CertificateDefect] = []
}
