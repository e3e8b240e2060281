/// Revoked keys by identity, and by kid where that is all that could be read.
struct RevokedKeys {
    var identities: Set<[UInt8]> = []
    var labels: Set<[UInt8]> = []

    func contains(spki: [UInt8], kid: [UInt8]?) -> Bool {
        identities.contains(spki) || kid.map(labels.contains) == true
    }
}
