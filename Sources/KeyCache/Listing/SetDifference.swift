import Crypto
import JOSE

/// What a new body changes in what a source lists: a pure comparison.
///
/// A listing is a key under a kid. An entry that cannot be used never removes the key its kid names: faulty is not gone.
struct SetDifference {
    /// Listed for the first time.
    private(set) var added: [PublishedKey] = []
    /// Known and in the new body.
    private(set) var present: [(listing: Listing, key: PublishedKey)] = []
    /// In the set so far, not in the new body; without the revoked.
    private(set) var vanished: [Listing] = []
    /// Published with their private numbers, or with another key's certificate: not to be trusted further.
    private(set) var compromised: [Listing] = []
    /// Kids that now name another key as well, or instead.
    private(set) var rebound: [PublishedKey] = []

    private let standing: [Listing]
    private let entries: Int

    /// Compares the open rows of a source with the keys and the unusable entries of a body.
    init(current: [Listing], published: [PublishedKey], skipped: [SkippedKey]) {
        standing = current.filter(\.state.isListed)
        entries = published.count + skipped.count
        let known = Dictionary(current.map { (Name($0.spki, $0.attributes.kid), $0) }, uniquingKeysWith: { $1 })
        var seen: Set<Name> = []
        let leaked = Set(skipped.filter { $0.code == .privateMembers }.compactMap(\.keyID))
        for key in published where seen.insert(Name(key.spki, key.attributes.kid)).inserted {
            if let kid = key.attributes.kid, leaked.contains(kid) {
                seen.remove(Name(key.spki, kid))
            } else if let listing = known[Name(key.spki, key.attributes.kid)] {
                present.append((listing, key))
            } else {
                added.append(key)
            }
        }
        let damaged = Set(skipped.filter { $0.code == .certificateMismatch }.compactMap(\.spki?.bytes))
        let faulty = Set(skipped.compactMap(\.keyID))
        for listing in standing where !seen.contains(Name(listing.spki, listing.attributes.kid)) {
            let kid = listing.attributes.kid
            if damaged.contains(listing.spki) || kid.map(leaked.contains) == true {
                compromised.append(listing)
            } else if kid.map(faulty.contains) != true {
                vanished.append(listing)
            }
        }
        let bound = Dictionary(grouping: standing.filter { $0.attributes.kid != nil }, by: \.attributes.kid)
        rebound = added.filter { key in key.attributes.kid != nil && bound[key.attributes.kid] != nil }
    }

    /// Whether no entry can be used although the source had keys: the body is refused.
    var isUnusable: Bool { entries > 0 && added.isEmpty && present.isEmpty && compromised.isEmpty && !standing.isEmpty }

    /// Why the body must wait for an operator, by the source's class, or nil when it may be applied (`cache.md` §3.3).
    func hold(for class: SourceClass) -> HoldRule? {
        guard !standing.isEmpty else { return nil }
        if added.isEmpty && present.isEmpty && !vanished.isEmpty { return .empty }
        guard `class` == .directory else { return nil }
        if !vanished.isEmpty && !present.contains(where: { $0.listing.state.isListed }) { return .replacement }
        return rebound.isEmpty ? nil : .rebound
    }

    private struct Name: Hashable {
        let spki: [UInt8]
        let kid: [UInt8]?

        init(_ spki: [UInt8], _ kid: [UInt8]?) {
            self.spki = spki
            self.kid = kid
        }
    }
}
