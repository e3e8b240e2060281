import Crypto
import Synchronization

/// The keys of a directory before anybody holds them: the slow ones made at once on all cores.
struct KeyPool: Sendable {
    /// Root, issuing and rogue authority.
    let authorities: [PrivateKey]
    /// The directory's present and next key, and the identity provider's.
    let directory: [PrivateKey]
    /// What software shares out: RSA-2048.
    let shared: [PrivateKey]

    init(_ plan: DirectoryPlan) throws(SimulatorError) {
        let count = max(plan.keyPool, 2 * plan.softwarePerOrganisation)
        let kept = Self.kept.withLock { Array($0.prefix(count)) }
        let fresh = try Parallel.map(6 + count - kept.count) { (_) throws(SimulatorError) in try Self.rsa() }
        authorities = Array(fresh[0..<3])
        directory = Array(fresh[3..<6])
        shared = kept + fresh[6...]
        let all = shared
        Self.kept.withLock { if $0.count < all.count { $0 = all } }
    }

    /// The shared keys made so far: the directories of one process have their software's keys in common, which makes
    /// the second one quick; those of authorities and directories are always fresh.
    private static let kept = Mutex<[PrivateKey]>([])

    /// A fresh RSA-2048 key.
    static func rsa() throws(SimulatorError) -> PrivateKey {
        try SimulatorError.crypto { () throws(CryptoError) in try PrivateKey.generateRSA() }
    }

    /// A fresh P-256 key, made in no time.
    static func elliptic() throws(SimulatorError) -> PrivateKey {
        try SimulatorError.crypto { () throws(CryptoError) in try PrivateKey.generateEC(.p256) }
    }

    /// The signing and the transport key of a software: no key has both uses, none comes twice in one organisation.
    func pair(organisation: Int, slot: Int, slots: Int) -> (signing: PrivateKey, transport: PrivateKey) {
        let half = shared.count / 2
        let place = 2 * ((organisation * slots + slot) % half)
        return (shared[place], shared[place + 1])
    }
}
