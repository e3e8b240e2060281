/// What tells one listing of a source from another: a key under a kid.
struct ListingName: Hashable {
    let spki: [UInt8]
    let kid: [UInt8]?

    init(spki: [UInt8], kid: [UInt8]?) { (self.spki, self.kid) = (spki, kid) }
    init(_ listing: Listing) { (spki, kid) = (listing.spki, listing.attributes.kid) }
    init(_ key: PublishedKey) { (spki, kid) = (key.spki, key.attributes.kid) }
}
