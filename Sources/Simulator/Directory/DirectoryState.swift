import Crypto
import Encoding

/// Everything of a directory that changes: who holds which keys, and the bodies the key store answers with.
struct DirectoryState: Sendable {
    var now: UnixTime
    var software: [SimulatedSoftware]
    /// The directory's key and the next one.
    var signing: PublishedKey
    var next: PublishedKey
    /// What the directory's own set shows.
    var published: [PublishedKey]
    /// What the identity provider's set shows.
    let identity: PublishedKey
    var listNumber: UInt64 = 4711
    /// How often keys changed: gives each change random numbers of its own.
    var changes: UInt64 = 0
    /// Serials on the issuing authority's list besides those of revoked keys.
    let strangers: [CRLTemplate.Entry]
    /// The body of every URL path.
    var bodies: [String: [UInt8]] = [:]

    mutating func publishAll(_ authority: SimulatedAuthority) throws(SimulatorError) {
        publishDirectory()
        bodies[KeyStorePath.identity] = Self.set([identity])
        bodies[AuthorityPath.issuingCertificate] = authority.issuing
        for one in software { publish(software: one) }
        for organisation in organisations { publish(organisation: organisation) }
        try publishLists(authority)
    }

    mutating func publishDirectory() {
        bodies[KeyStorePath.directory] = Self.set(published)
    }

    mutating func publish(software one: SimulatedSoftware) {
        let organisation = one.organisation.id
        bodies[KeyStorePath.keys(organisation, one.id)] = Self.set(one.published)
        bodies[KeyStorePath.revoked(organisation, one.id)] = Self.set(one.revoked)
    }

    mutating func publish(organisation: SimulatedOrganisation) {
        let own = software.filter { $0.organisation.index == organisation.index }
        bodies[KeyStorePath.keys(organisation.id, organisation.id)] = Self.set(own.flatMap(\.published))
        bodies[KeyStorePath.revoked(organisation.id, organisation.id)] = Self.set(own.flatMap(\.revoked))
    }

    /// Publishes both revocation lists under the next number.
    mutating func publishLists(_ authority: SimulatedAuthority) throws(SimulatorError) {
        listNumber += 1
        let revoked = software.flatMap(\.revoked).map { CRLTemplate.Entry(serial: $0.serial, at: now - 86_400) }
        bodies[AuthorityPath.issuingList] = try authority.issuingList(
            number: listNumber,
            at: now,
            revoked: strangers + revoked
        )
        bodies[AuthorityPath.rootList] = try authority.rootList(number: listNumber, at: now)
    }

    var organisations: [SimulatedOrganisation] {
        var seen: Set<Int> = []
        return software.map(\.organisation).filter { seen.insert($0.index).inserted }
    }

    private static func set(_ keys: [PublishedKey]) -> [UInt8] {
        Array("{\"keys\":[\(keys.map(\.jwk).joined(separator: ","))]}".utf8)
    }
}
