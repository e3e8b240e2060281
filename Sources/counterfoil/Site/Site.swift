import Encoding
import Glibc
import KeyCache
import Ledger
import OpenBanking
import Operations
import PKIX
import Pipeline
import Refresh
import Rules
import Spool

/// An installation: the configuration in force, and what it names, opened when it is asked for.
struct Site {
    let configuration: Configuration
    let clock: Clock

    /// The installation the options choose.
    init(_ options: SettingsOptions, clock: Clock = .system) throws(Failure) {
        try self.init(path: options.config, clock: clock)
    }

    /// The installation of the configuration at `path`, or of the one found where none is named.
    init(path: String?, clock: Clock = .system) throws(Failure) {
        configuration = try ConfigurationPlace.load(path)
        self.clock = clock
    }

    /// The trust anchors, read from the folder `trust.anchors`.
    func anchors() throws(Failure) -> TrustAnchors {
        let trust = configuration.trust
        let qualified = trust.qualifiedAnchors.isEmpty ? nil : trust.qualifiedAnchors
        let anchors = try AnchorFolder(path: trust.anchors, qualified: qualified).load()
        if let name = AnchorEnvironment.stranger(among: anchors, in: configuration.environment) {
            throw Failure(
                UserMessage(
                    trust.anchors,
                    "\(name) is not an authority of \(configuration.environment.rawValue)",
                    remedy: "keep the authorities of one environment in this folder, or correct environment"
                ),
                name: "trust_environment",
                .configuration
            )
        }
        return anchors
    }

    // MARK: The cache

    /// The cache for reading and writing, made where there is none.
    func cache() throws(Failure) -> KeyStore {
        try Folders.make(above: configuration.refresh.cache)
        return try opened { path, settings throws(KeyStoreError) in try .open(path: path, settings: settings) }
    }

    /// The cache for reading and writing; there must be one.
    func existingCache() throws(Failure) -> KeyStore {
        try expect(
            configuration.refresh.cache,
            "there is no cache of keys yet",
            "bring the keys in first: \(configuration.refresh.mode.command)"
        )
        return try opened { path, settings throws(KeyStoreError) in try .open(path: path, settings: settings) }
    }

    /// The cache for reading only; there must be one.
    func cacheView() throws(Failure) -> KeyStore {
        try expect(
            configuration.refresh.cache,
            "there is no cache of keys yet",
            "bring the keys in first: \(configuration.refresh.mode.command)"
        )
        return try opened { path, settings throws(KeyStoreError) in try .openReadOnly(path: path, settings: settings) }
    }

    private func opened(
        _ open: (String, CacheSettings) throws(KeyStoreError) -> KeyStore
    ) throws(Failure) -> KeyStore {
        do throws(KeyStoreError) {
            return try open(configuration.refresh.cache, ConfiguredCache.settings(configuration))
        } catch {
            throw Failure(error)
        }
    }

    // MARK: The ledger

    /// The ledger for writing, made where there is none.
    func ledger() throws(Failure) -> Ledger {
        try Folders.make(above: configuration.ledger.path)
        do throws(LedgerError) {
            return try Ledger.open(configuration.ledger.path, LedgerOptions(origin: .ofThisProcess))
        } catch {
            throw Failure(error)
        }
    }

    /// The ledger for reading; nil where there is none yet.
    func ledgerView() throws(Failure) -> Ledger? {
        guard Folders.exists(configuration.ledger.path) else { return nil }
        do throws(LedgerError) {
            return try Ledger.openReadOnly(configuration.ledger.path)
        } catch .olderSchema(0, _) {
            // Its making was cut off; the next process that writes completes it.
            return nil
        } catch {
            throw Failure(error)
        }
    }

    // MARK: The spool

    /// The spool, owned by this process from now on.
    func spool() throws(Failure) -> Spool {
        do throws(SpoolError) {
            return try Spool.open(configuration.spool.path, at: Clock.system.now())
        } catch {
            throw Failure(error)
        }
    }

    /// The spool for looking only; nil where there is none yet.
    func spoolView() throws(Failure) -> SpoolView? {
        do throws(SpoolError) {
            return try Spool.openReadOnly(configuration.spool.path)
        } catch .missing {
            return nil
        } catch {
            throw Failure(error)
        }
    }

    // MARK: The plan

    /// How requests are processed; reads, or makes once, the key of secret hashes.
    func plan() throws(Failure) -> ProcessPlan {
        let folder = Folders.parent(of: configuration.ledger.path)
        return try plan(secretKey: SecretKeyFile(path: "\(folder)/secret.key").load())
    }

    /// How requests are judged where nothing is issued: no key of secret hashes is needed.
    func judgingPlan() throws(Failure) -> ProcessPlan { try plan(secretKey: []) }

    private func plan(secretKey: [UInt8]) throws(Failure) -> ProcessPlan {
        let process = configuration.process
        let workers = process.workers > 0 ? process.workers : Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        var plan = ProcessPlan(policy: Policy(configuration), workers: workers, secretKey: secretKey)
        plan.milliseconds = { [clock] in clock.monotonicMilliseconds() }
        plan.groupRequests = process.groupRequests
        plan.groupBytes = process.groupBytes.bytes
        plan.retryFor = configuration.spool.retryFor.seconds
        plan.retryPause = (configuration.spool.retryFirst.seconds, configuration.spool.retryLongest.seconds)
        plan.limits.single = process.limits.request.bytes
        plan.limits.record = process.limits.record.bytes
        plan.limits.line = process.limits.record.bytes
        plan.limits.bulk = process.limits.bulk.bytes
        plan.space = neededSpace
        plan.recipient = try RecipientFile.load(configuration.results.sealTo)
        plan.owners = try Submitters.users(configuration.spool.owners)
        return plan
    }

    /// What must be free on the disk of the spool for anything to be taken.
    var neededSpace: FreeSpace.Need {
        var need = FreeSpace.Need()
        (need.bytes, need.percent) = (Int64(configuration.spool.minFree.bytes), 0)
        return need
    }

    /// Ends with "not initialised" where a file is not there.
    private func expect(_ path: String, _ what: String, _ remedy: String) throws(Failure) {
        guard !Folders.exists(path) else { return }
        throw Failure(UserMessage(path, what, remedy: remedy), name: "uninitialised", .uninitialised)
    }
}
