@testable import Crypto
import Encoding
import Testing

struct SmallPrimesTests {
    /// Two primes k·M + (65537^a mod M) of 1,024 bits, M the product of the first 126 primes: the structure of
    /// CVE-2017-15361.
    static let vulnerable = [
        "ef8ccfee71e137939a4611d3869ee1623f58d0141b23677d6820b0623bae7af9ce28ec2ac303eaef2eeaf0c291dacccf",
        "45e10e187e6471e56b7354898901242998609cb910262745b104f34173711ada04d2285a096261c188a1ec70cd1ee2b9",
        "6dce2958e8f72d98ec4cdefa591d093e8db038e980955a0926b898ceed5b6fa9f33a14c9c869dd840bc428efe13cf2b6",
        "02f7b93fd05e7c7820fdab8962df494b93e03a581b0cac2080a85a9f70a283a51485ab1fb7332162de7ed4502171aebe",
        "0169557689d5c63f690d54585f6325f4c5df73ceac249212d5a50faee42580b6f958485c2c44259fb56ec7dfe52dc18b",
        "148309e4a08733e4817d88dabcbfbe85",
    ].joined()

    @Test("a key with the ROCA structure is refused")
    func fingerprint() throws {
        let modulus = try #require(Hex.decode(Self.vulnerable))
        #expect(throws: KeyFault.roca) { try PublicKey.rsa(modulus: modulus, exponent: [1, 0, 1]) }
    }

    @Test("the same number two higher is not: its small residues are ordinary")
    func neighbour() throws {
        var modulus = try #require(Hex.decode(Self.vulnerable))
        modulus[modulus.count - 1] += 2
        var fault: KeyFault?
        do { try SmallPrimes.check(modulus) } catch { fault = error }
        #expect(fault != .roca)
    }

    @Test(
        "powers of 65537 modulo the product of the primes carry it, whatever the length",
        arguments: [100, 1000, 5000]
    )
    func powers(_ exponent: Int) throws {
        var power: [UInt8] = [1]
        for _ in 0..<exponent / 50 { power = Self.times65537(power) }
        #expect(throws: KeyFault.roca) { try SmallPrimes.check(power) }
    }

    @Test("1,000 odd numbers without small factors and five generated keys do not have it")
    func ordinary() throws {
        var random = SplitMix(state: 2026)
        var checked = 0
        while checked < 1000 {
            var number = (0..<256).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            number[255] |= 1
            do throws(KeyFault) {
                try SmallPrimes.check(number)
            } catch {
                guard case .smallFactor = error else {
                    Issue.record("\(error) for \(Hex.encode(number))")
                    return
                }
                continue
            }
            checked += 1
        }
        for _ in 0..<5 { _ = try PrivateKey.generateRSA() }
    }

    @Test("every prime below 168 is found as a factor", arguments: [3, 5, 7, 11, 13, 83, 89, 97, 101, 163, 167])
    func factor(_ prime: Int) throws {
        var number: [UInt8] = [1]
        for _ in 0..<40 { number = Self.times65537(number) }
        #expect(throws: KeyFault.smallFactor(prime)) { try SmallPrimes.check(Self.times(prime, number)) }
    }

    /// n · 65537 = n · 2^16 + n.
    static func times65537(_ number: [UInt8]) -> [UInt8] { times(65537, number) }

    static func times(_ factor: Int, _ number: [UInt8]) -> [UInt8] {
        var carry = 0
        var product: [UInt8] = []
        for byte in number.reversed() {
            carry += Int(byte) * factor
            product.append(UInt8(carry & 255))
            carry >>= 8
        }
        while carry > 0 {
            product.append(UInt8(carry & 255))
            carry >>= 8
        }
        return product.reversed()
    }
}

/// A small generator with a seed, so that every run sees the same numbers.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
