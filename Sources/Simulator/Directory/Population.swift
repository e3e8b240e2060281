import Crypto
import Encoding

/// Makes the organisations and software of a plan, with keys and certificates.
struct Population {
    let plan: DirectoryPlan
    let authority: SimulatedAuthority
    let pool: KeyPool

    func organisations() -> [SimulatedOrganisation] {
        var random = RandomSource(seed: plan.seed, stream: 1)
        return (0..<plan.organisations).map {
            SimulatedOrganisation(index: $0, environment: plan.environment, &random)
        }
    }

    func software(_ organisations: [SimulatedOrganisation]) throws(SimulatorError) -> [SimulatedSoftware] {
        let slots = plan.softwarePerOrganisation
        return try Parallel.map(organisations.count * slots) { (index) throws(SimulatorError) in
            try software(index, of: organisations[index / slots], slot: index % slots)
        }
    }

    private func software(
        _ index: Int,
        of organisation: SimulatedOrganisation,
        slot: Int
    ) throws(SimulatorError) -> SimulatedSoftware {
        var random = RandomSource(seed: plan.seed, stream: 1000 + UInt64(index))
        let pair = pool.pair(organisation: organisation.index, slot: slot, slots: plan.softwarePerOrganisation)
        let isElliptic = plan.ellipticEvery > 0 && index % plan.ellipticEvery == plan.ellipticEvery - 1
        let day: UnixTime = 86_400
        let age = random.number(30..<300) * day
        let maker = KeyMaker(
            authority: authority,
            baseURL: plan.baseURL,
            organisation: organisation,
            profile: profile(organisation),
            softwareID: random.word(22)
        )
        let (begin, end) = (plan.now - age, plan.now - age + 395 * day)
        let domain = "app\(index).example"
        let signingKey = isElliptic ? try KeyPool.elliptic() : pair.signing
        let signing = try maker.make(signingKey, .sig, begin, end, &random)
        let transport = try maker.make(pair.transport, .tls, begin, end, &random)
        let expired = try maker.make(try KeyPool.elliptic(), .tls, begin - 395 * day, plan.now - 10 * day, &random)
        let revokedTransport = try maker.make(try KeyPool.elliptic(), .tls, begin, end, &random)
        let revokedSigning = try maker.make(try KeyPool.elliptic(), .sig, begin, end, &random)
        let next = try maker.make(try KeyPool.elliptic(), .sig, plan.now - day, plan.now + 394 * day, &random)
        return SimulatedSoftware(
            index: index,
            organisation: organisation,
            id: maker.softwareID,
            name: "Product \(index)",
            domain: domain,
            roles: Self.roles[index % Self.roles.count].filter { organisation.roles.contains($0) },
            redirectURIs: (0...random.number(0..<3)).map { "https://\(domain)/callback/\($0)" },
            version: Self.versions[index % Self.versions.count],
            profile: maker.profile,
            signing: signing,
            next: next,
            transport: transport,
            expiredTransport: expired,
            revokedTransport: revokedTransport,
            revokedSigning: revokedSigning,
            published: [signing, transport, expired],
            revoked: [revokedSigning, revokedTransport]
        )
    }

    private func profile(_ organisation: SimulatedOrganisation) -> SimulatedSoftware.Profile {
        switch plan.profiles {
        case .obwac: .obwac
        case .legacy: .legacy
        case .mixed: organisation.index % 3 == 2 ? .legacy : .obwac
        }
    }

    private static let roles = [["AISP", "PISP"], ["AISP", "PISP", "CBPII"], ["AISP"], ["PISP"]]
    private static let versions: [DraftValue] = ["1.0", "2.3", .raw("1.5"), "4", .number(2)]
}
