import Crypto
package import Encoding
import OpenBanking
import Synchronization

/// An Open Banking directory inside the process: organisations, software, their keys, and the key store's bodies.
///
/// Names and times follow from the plan's seed; keys do not. Its operations are what happens to a real one between two
/// refreshes.
package final class SimulatedDirectory: Sendable {
    /// What it was made from.
    package let plan: DirectoryPlan
    /// Its certificate authorities.
    package let authority: SimulatedAuthority
    /// Its organisations.
    package let organisations: [SimulatedOrganisation]
    private let state: Mutex<DirectoryState>
    /// Above every stream of numbers that a population uses.
    private static let changeStreams: UInt64 = 1 << 32

    /// Makes a directory with fresh keys.
    package init(_ plan: DirectoryPlan) throws(SimulatorError) {
        self.plan = plan
        let pool = try KeyPool(plan)
        authority = try SimulatedAuthority(plan, keys: pool.authorities)
        let population = Population(plan: plan, authority: authority, pool: pool)
        organisations = population.organisations()
        var random = RandomSource(seed: plan.seed, stream: 2)
        let officer = DirectoryKeyMaker(authority: authority, plan: plan)
        let signing = try officer.make(pool.directory[0], &random)
        var state = DirectoryState(
            now: plan.now,
            software: try population.software(organisations),
            signing: signing,
            next: try officer.make(pool.directory[1], &random),
            published: [signing],
            identity: try officer.make(pool.directory[2], &random),
            strangers: (0..<50).map { _ in .init(serial: [0x7F] + random.bytes(14), at: plan.now - 40 * 86_400) }
        )
        try state.publishAll(authority)
        self.state = Mutex(state)
    }

    /// Its software as it stands.
    package var software: [SimulatedSoftware] { state.withLock { $0.software } }

    /// The key that signs software statements.
    package var signingKey: SimulatedKey { state.withLock { $0.signing.key } }

    /// The key that takes over at the next rotation; nobody can know it yet.
    package var nextKey: SimulatedKey { state.withLock { $0.next.key } }

    /// The identity provider's key.
    package var identityKey: SimulatedKey { state.withLock { $0.identity.key } }

    /// The key store's body for a URL path.
    package func body(_ path: String) -> [UInt8]? { state.withLock { $0.bodies[path] } }

    /// Every URL path the key store knows, in order.
    package var paths: [String] { state.withLock { $0.bodies.keys.sorted() } }

    /// Makes the next key sign software statements and publishes it; the old one stays published if asked.
    package func rotateDirectoryKey(keepOld: Bool = true) throws(SimulatorError) {
        let fresh = try KeyPool.rsa()
        let maker = DirectoryKeyMaker(authority: authority, plan: plan)
        try change { (state) throws(SimulatorError) in
            state.changes += 1
            var random = RandomSource(seed: plan.seed, stream: Self.changeStreams + state.changes)
            state.published = keepOld ? state.published + [state.next] : [state.next]
            state.signing = state.next
            state.next = try maker.make(fresh, &random)
            state.publishDirectory()
        }
    }

    /// Makes a software's next key its signing key and publishes it; the old one stays published if asked.
    package func rotateSoftwareKey(_ id: String, keepOld: Bool = true) throws(SimulatorError) {
        try change(id) { (one, fresh) in
            if !keepOld { one.published.removeAll { $0.use == .sig } }
            one.published.append(one.next)
            one.signing = one.next
            one.next = fresh
        }
    }

    /// Moves a software's signing key to both sets of revoked keys and to the revocation list; the next key takes over.
    package func revokeSoftwareKey(_ id: String) throws(SimulatorError) {
        try change(id) { (one, fresh) in
            let revoked = one.signing
            one.published.removeAll { $0.key.kid == revoked.key.kid }
            one.revoked.append(revoked)
            one.published.append(one.next)
            one.signing = one.next
            one.next = fresh
        }
    }

    /// Issues both revocation lists anew as of `now`; what is published otherwise stays as it is.
    package func renewLists(at now: UnixTime) throws(SimulatorError) {
        try change { (state) throws(SimulatorError) in
            state.now = now
            try state.publishLists(authority)
        }
    }

    /// Publishes any body for a path, for the faults of a key store; nil takes it away.
    package func setBody(_ body: [UInt8]?, of path: String) {
        state.withLock { $0.bodies[path] = body }
    }

    private func change(
        _ id: String,
        _ body: (inout SimulatedSoftware, PublishedKey) -> Void
    ) throws(SimulatorError) {
        let key = try KeyPool.elliptic()
        try change { (state) throws(SimulatorError) in
            guard let place = state.software.firstIndex(where: { $0.id == id }) else { throw .unknownSoftware(id) }
            var one = state.software[place]
            state.changes += 1
            var random = RandomSource(seed: plan.seed, stream: Self.changeStreams + state.changes)
            let maker = KeyMaker(
                authority: authority,
                baseURL: plan.baseURL,
                organisation: one.organisation,
                profile: one.profile,
                softwareID: one.id
            )
            body(&one, try maker.make(key, .sig, state.now - 86_400, state.now + 394 * 86_400, &random))
            state.software[place] = one
            state.publish(software: one)
            state.publish(organisation: one.organisation)
            try state.publishLists(authority)
        }
    }

    /// Changes the state as a whole or, when `body` throws, not at all.
    private func change(
        _ body: (inout DirectoryState) throws(SimulatorError) -> Void
    ) throws(SimulatorError) {
        try state.withLock { (state) throws(SimulatorError) in
            var copy = state
            try body(&copy)
            state = copy
        }
    }
}
