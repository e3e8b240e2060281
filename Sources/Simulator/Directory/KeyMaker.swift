import Crypto
import Encoding

/// Has certificates issued for the keys of one software.
struct KeyMaker {
    let authority: SimulatedAuthority
    let baseURL: String
    let organisation: SimulatedOrganisation
    let profile: SimulatedSoftware.Profile
    let softwareID: String

    func make(
        _ key: PrivateKey,
        _ use: PublishedKey.Use,
        _ notBefore: UnixTime,
        _ notAfter: UnixTime,
        _ random: inout RandomSource
    ) throws(SimulatorError) -> PublishedKey {
        let serial = [0x40 | random.bytes(1)[0] & 0x3F] + random.bytes(14)
        let order = LeafOrder(
            subject: SimulatedSoftware.subject(profile, organisation, softwareID: softwareID),
            key: key.publicKey,
            use: use,
            serial: serial,
            notBefore: notBefore,
            notAfter: notAfter,
            holder: profile == .obwac ? organisation : nil
        )
        return PublishedKey(
            SimulatedKey(key),
            use: use,
            certificate: try authority.issue(order),
            serial: serial,
            folder: "\(baseURL)/\(organisation.id)"
        )
    }
}
