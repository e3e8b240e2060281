@testable import Simulator

/// Changes bytes at random, the same way for the same seed.
struct ByteMutator {
    private var random: RandomSource

    init(seed: UInt64) { random = RandomSource(seed: seed) }

    mutating func mutate(_ bytes: [UInt8]) -> [UInt8] {
        guard !bytes.isEmpty else { return random.bytes(3) }
        var bytes = bytes
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch random.number(0..<6) {
        case 0: bytes[place] ^= 1 << UInt8(random.number(0..<8))
        case 1: bytes[place] = UInt8(truncatingIfNeeded: random.next())
        case 2: bytes.remove(at: place)
        case 3: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
        case 4: bytes.removeLast(bytes.count - place)
        default: bytes.insert(contentsOf: bytes[place..<min(place + 8, bytes.count)], at: place)
        }
        return bytes
    }
}
