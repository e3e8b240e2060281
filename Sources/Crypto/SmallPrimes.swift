/// What a modulus shows when divided by the primes below 168: small factors, and the ROCA fingerprint.
///
/// Keys of the Infineon library (CVE-2017-15361, "The Return of Coppersmith's Attack", Nemec and others, 2017) have
/// primes p = k·M + (65537^a mod M) where M is the product of the first primes, at least the 39 below 168. Modulo each
/// small prime the modulus is therefore a power of 65537. Where those powers are not all residues, membership tells: an
/// ordinary modulus passes all of these primes with a chance of about 2^-28.
enum SmallPrimes {
    /// Throws when `modulus` has a small factor or the fingerprint.
    static func check(_ modulus: [UInt8]) throws(KeyFault) {
        var allPowers = true
        for group in groups {
            let remainder = remainder(of: modulus, by: group.product)
            for member in group.members {
                let residue = Int(remainder % UInt64(member.prime))
                guard residue != 0 else { throw .smallFactor(member.prime) }
                allPowers = allPowers && member.isPower[residue]
            }
        }
        guard !allPowers else { throw .roca }
    }

    /// A prime, and which residues are powers of 65537.
    private struct Member: Sendable {
        let prime: Int
        let isPower: [Bool]

        init(_ prime: Int) {
            var isPower = [Bool](repeating: false, count: prime)
            var power = 1
            repeat {
                isPower[power] = true
                power = power * 65537 % prime
            } while power != 1
            self.prime = prime
            self.isPower = isPower
        }
    }

    /// Primes whose product fits in 32 bits: the long division is done once for all of them.
    private struct Group: Sendable {
        var product: UInt64 = 1
        var members: [Member] = []
    }

    private static let groups: [Group] = {
        var groups: [Group] = []
        var group = Group()
        for prime in stride(from: 3, through: 167, by: 2) where isPrime(prime) {
            if (group.product * UInt64(prime)) >> 32 != 0 {
                groups.append(group)
                group = Group()
            }
            group.product *= UInt64(prime)
            group.members.append(Member(prime))
        }
        return groups + [group]
    }()

    private static func isPrime(_ odd: Int) -> Bool {
        !stride(from: 3, to: odd, by: 2).contains { $0 * $0 <= odd && odd % $0 == 0 }
    }

    /// Schoolbook division, 32 bits a step.
    private static func remainder(of number: [UInt8], by divisor: UInt64) -> UInt64 {
        var remainder: UInt64 = 0
        var at = 0
        while at < number.count % 4 {
            remainder = (remainder << 8 | UInt64(number[at])) % divisor
            at += 1
        }
        while at < number.count {
            let high = UInt64(number[at]) << 24 | UInt64(number[at + 1]) << 16
            let low = UInt64(number[at + 2]) << 8 | UInt64(number[at + 3])
            remainder = (remainder << 32 | high | low) % divisor
            at += 4
        }
        return remainder
    }
}
