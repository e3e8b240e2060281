import Crypto
import Encoding
import Foundation
import Glibc
import JOSE
import PKIX
import Testing

@testable import KeyCache

/// Measures, on request only: a debug build or a busy machine says nothing.
@Suite("Loading a large cache")
struct SnapshotLoadTests {
    static let isWanted = ProcessInfo.processInfo.environment["COUNTERFOIL_MEASURE"] != nil

    @Test(
        "2,400 sources with 9,000 keys",
        .enabled(if: isWanted, "skipped: set COUNTERFOIL_MEASURE, build for release")
    )
    func large() throws {
        let cache = try TemporaryStore()
        let seeds = (0..<2400).map { SourceSeed(url: "https://k/\($0).jwks", class: .software, origin: .configuration) }
        try cache.store.upsert(seeds, at: World.start)
        // Key pairs take too long to make: moduli are random odd numbers, certificates are re-addressed copies.
        var random = Lehmer(seed: 7)
        let made = try cpuSeconds {
            for source in try cache.store.allSources() {
                let entries = (0..<(source.id % 4 == 0 ? 3 : 4)).map { Self.entry("\(source.id)-\($0)", &random) }
                try cache.accept(Body.set(entries), for: source)
            }
        }
        var snapshot = try cache.snapshot()
        let load = try cpuSeconds { snapshot = try cache.snapshot() }
        #expect(snapshot.entries.values.reduce(0) { $0 + $1.set.keys.count } == 9000)
        #expect(snapshot.certificates.count == 9000)
        _ = try cache.store.notModified(try cache.current("https://k/1.jwks"), at: World.start + 60)
        let reload = try cpuSeconds {
            snapshot = try Snapshot.load(cache.store, anchors: World.anchors, reusing: snapshot, at: World.start + 60)
        }
        print("accepted in \(made) s, loaded in \(load) s, reloaded in \(reload) s of CPU")
        #expect(load < 1)
        #expect(reload < 0.1)
    }

    private static func entry(_ kid: String, _ random: inout Lehmer) -> String {
        let modulus = Self.modulus(&random)
        let key = World.sure { try PublicKey.rsa(modulus: modulus, exponent: [1, 0, 1]) }
        var template = CertificateTemplate(
            subject: NameTemplate([.country("GB"), .organization("OpenBanking"), .commonName(kid)]),
            publicKey: key,
            notBefore: World.start - World.day,
            notAfter: World.start + World.day
        )
        template.issuer = World.issuerName
        template.serial = random.bytes(16...16)
        template.keyUsage = [.digitalSignature]
        template.extendedKeyUsage = ["1.3.6.1.5.5.7.3.2"]
        let certificate = World.sure { try template.issue(by: World.issuerKey) }
        return """
            {"kty":"RSA","e":"AQAB","n":"\(Base64URL.encode(modulus))","kid":"\(kid)","use":"tls",\
            "x5c":["\(Base64.encode(certificate))"]}
            """
    }

    /// A number that passes for a modulus of 2,048 bits.
    private static func modulus(_ random: inout Lehmer) -> [UInt8] {
        while true {
            var modulus = random.bytes(256...256)
            modulus[0] |= 0x80
            modulus[255] |= 1
            if (try? PublicKey.rsa(modulus: modulus, exponent: [1, 0, 1])) != nil { return modulus }
        }
    }

    private func cpuSeconds(_ body: () throws -> Void) rethrows -> Double {
        func now() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        }
        let start = now()
        try body()
        return now() - start
    }
}
