/// What is revoked among the keys of one source.
struct RevokedKeys {
    var identities: Set<[UInt8]> = []
    /// Kids of entries that could not be read beyond them.
    var labels: Set<[UInt8]> = []
    var certificates: Set<[UInt8]> = []
    /// Whether an operator revoked the whole organisation or software.
    var isEverything = false

    func contains(_ listing: Listing) -> Bool {
        contains(spki: listing.spki, listing.attributes)
    }

    func contains(_ key: PublishedKey) -> Bool { contains(spki: key.spki, key.attributes) }

    private func contains(spki: [UInt8], _ attributes: ListingAttributes) -> Bool {
        isEverything || identities.contains(spki) || attributes.kid.map(labels.contains) == true
            || attributes.certificate.map(certificates.contains) == true
    }
}
