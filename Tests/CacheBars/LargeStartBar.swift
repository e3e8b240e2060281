import Crypto
import Encoding
import KeyCache
import PKIX
import Simulator

/// B7: a start with 20,000 sources and 60,000 keys, without any network, to the first verdict.
///
/// Distinct are each key's modulus, kid and certificate; moduli are odd random numbers that pass our checks, because as
/// many key pairs would take a day. One authority issued all certificates.
enum LargeStartBar {
    private static let sources = 20_000
    private static let keysPerSource = 3

    static func measure() throws -> [BarLine] {
        let place = try Place()
        let now = place.directory.plan.now
        let store = try place.filledStore(at: now)
        let item = try (0..<2).map { try place.forge.item(of: place.directory.software[0], number: $0) }
        try place.drop(item[0], "small")
        let small = try place.run("process")
        try fill(store, place, at: now)
        try store.close()
        try place.drop(item[1], "large")
        let large = try place.run("process")
        guard small.code == 0, large.code == 0 else { throw Trouble("process: \(small.errors)\(large.errors)") }
        return [
            BarLine(
                "B7",
                "\(sources) sources with \(sources * keysPerSource) keys and as many certificates: first verdict <= 2 s CPU",
                "\(large.processor.text(2)) s for the whole `process` (\(small.processor.text(2)) s with 34 sources), "
                    + "no socket",
                large.processor <= 2
            )
        ]
    }

    private static func fill(_ store: KeyStore, _ place: Place, at now: UnixTime) throws {
        let known = try store.allSources().count
        let seeds = (known..<sources).map { number in
            SourceSeed(
                url: "https://keystore.example/\(number / 4)/\(number).jwks",
                class: .software,
                environment: "sandbox",
                organisationID: "org\(number / 4)",
                softwareID: "software\(number)",
                origin: .statement
            )
        }
        for part in stride(from: 0, to: seeds.count, by: 500) {
            try store.upsert(Array(seeds[part..<min(part + 500, seeds.count)]), at: now)
        }
        var random = SystemRandomNumberGenerator()
        let cold = try store.allSources().filter { $0.lastSuccess == nil }
        for part in stride(from: 0, to: cold.count, by: 200) {
            let arrivals = try cold[part..<min(part + 200, cold.count)].map { source in
                let keys = try (0..<keysPerSource).map { try key("\(source.id)-\($0)", place, now, &random) }
                return Arrival(
                    .body(Array("{\"keys\":[\(keys.joined(separator: ","))]}".utf8), .init()),
                    for: source,
                    at: now
                )
            }
            for outcome in try store.record(arrivals, anchors: place.anchors) {
                guard case .updated(keysPerSource, _, _) = outcome else { throw Trouble("\(outcome)") }
            }
        }
    }

    private static func key(
        _ kid: String,
        _ place: Place,
        _ now: UnixTime,
        _ random: inout SystemRandomNumberGenerator
    ) throws -> String {
        let (modulus, key) = Self.modulus(&random)
        var template = CertificateTemplate(
            subject: NameTemplate([.country("GB"), .organization("OpenBanking"), .commonName(kid)]),
            publicKey: key,
            notBefore: now - 86_400,
            notAfter: now + 300 * 86_400
        )
        template.serial = [0x40] + (0..<15).map { _ in UInt8.random(in: 0...255, using: &random) }
        template.keyUsage = .digitalSignature
        template.extendedKeyUsage = ["1.3.6.1.5.5.7.3.2"]
        let certificate = try place.directory.authority.issue(template)
        return """
            {"kty":"RSA","e":"AQAB","n":"\(Base64URL.encode(modulus))","kid":"\(kid)","use":"tls",\
            "x5c":["\(Base64.encode(certificate))"]}
            """
    }

    /// A number that passes for a modulus of 2,048 bits.
    private static func modulus(_ random: inout SystemRandomNumberGenerator) -> ([UInt8], PublicKey) {
        while true {
            var modulus: [UInt8] = []
            for _ in 0..<32 { withUnsafeBytes(of: random.next()) { modulus += $0 } }
            modulus[0] |= 0x80
            modulus[255] |= 1
            if let key = try? PublicKey.rsa(modulus: modulus, exponent: [1, 0, 1]) { return (modulus, key) }
        }
    }
}
