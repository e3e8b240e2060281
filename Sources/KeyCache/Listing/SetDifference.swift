import Crypto
import Encoding
import JOSE

/// What a new body changes in what a source lists: a pure comparison.
///
/// A listing is a key under a kid. An entry that cannot be used never removes the key its kid names: faulty is not gone.
struct SetDifference {
    /// Listed for the first time, in a body that takes effect.
    private(set) var added: [PublishedKey] = []
    /// Known and in the new body.
    private(set) var present: [(listing: Listing, key: PublishedKey)] = []
    /// In the set so far, not in the new body; without the revoked.
    private(set) var vanished: [Listing] = []
    /// Published with their private numbers, or with another key's certificate: not to be trusted further.
    private(set) var compromised: [Listing] = []
    /// Kids that now name another key as well, or instead.
    private(set) var rebound: [PublishedKey] = []
    /// Seen in earlier bodies that waited, not in this one.
    private(set) var abandoned: [Listing] = []

    private let standing: [Listing]
    /// Those of `standing` that were there before the bodies that wait.
    private let established: [Listing]
    /// What is known of keys that never took effect.
    private var unaccepted: [ListingName: Listing] = [:]

    /// Compares the open rows of a source with the keys and the unusable entries of a body.
    ///
    /// `brought` are keys that came with bodies whose removals wait: they are no sign that the set is still the same.
    init(current: [Listing], published: [PublishedKey], skipped: [SkippedKey], brought: Set<ListingName> = []) {
        standing = current.filter(\.state.isListed)
        established = standing.filter { !brought.contains(ListingName($0)) }
        var known: [ListingName: Listing] = [:]
        for listing in current {
            if listing.state.isUnaccepted {
                unaccepted[ListingName(listing)] = listing
            } else {
                known[ListingName(listing)] = listing
            }
        }
        var seen: Set<ListingName> = []
        let leaked = Set(skipped.filter { $0.code == .privateMembers }.compactMap(\.keyID))
        for key in published where seen.insert(ListingName(key)).inserted {
            if let kid = key.attributes.kid, leaked.contains(kid) {
                seen.remove(ListingName(key))
            } else if let listing = known[ListingName(key)] {
                present.append((listing, key))
            } else {
                added.append(key)
            }
        }
        let damaged = Set(skipped.filter { $0.code == .certificateMismatch }.compactMap(\.spki?.bytes))
        let faulty = Set(skipped.compactMap(\.keyID))
        for listing in standing where !seen.contains(ListingName(listing)) {
            let kid = listing.attributes.kid
            if damaged.contains(listing.spki) || kid.map(leaked.contains) == true {
                compromised.append(listing)
            } else if kid.map(faulty.contains) != true {
                vanished.append(listing)
            }
        }
        abandoned = current.filter { $0.state == .pending && !seen.contains(ListingName($0)) }
        let bound = Set(standing.compactMap(\.attributes.kid))
        rebound = added.filter { key in key.attributes.kid.map(bound.contains) == true }
    }

    /// What is known of an added key from bodies that never took effect.
    func unaccepted(_ key: PublishedKey) -> Listing? { unaccepted[ListingName(key)] }

    /// The same without anything that goes: what of it counts at once while removals wait.
    var withoutRemovals: SetDifference {
        var difference = self
        difference.vanished = []
        return difference
    }

    /// Why the body must wait for an operator, by the source's class, or nil when it may be applied (`cache.md` §3.3).
    func hold(for class: SourceClass) -> HoldRule? {
        guard !standing.isEmpty else { return nil }
        let condemnsOnly = vanished.isEmpty && !compromised.isEmpty
        if added.isEmpty && present.isEmpty { return condemnsOnly ? nil : .empty }
        if replacesAll { return .replacement }
        return `class` == .directory && !rebound.isEmpty ? .rebound : nil
    }

    /// Whether established keys go and none stays, under whatever kid.
    private var replacesAll: Bool {
        let old = Set(established.map(\.spki))
        guard vanished.contains(where: { old.contains($0.spki) }) else { return false }
        return !(added + present.map(\.key)).contains { old.contains($0.spki) }
    }
}
