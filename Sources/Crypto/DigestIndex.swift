import Encoding

/// Digests numbered in the order given, found by their words.
///
/// What is asked for every request is found without the hash of a dictionary: a secret odd factor spreads the first word,
/// so that nobody can prepare digests that collide.
package struct DigestIndex: Sendable {
    private struct Slot: Sendable {
        var digest = SHA256Digest(0, 0, 0, 0)
        /// The number of the digest; negative where the slot is empty.
        var position: Int32 = -1
    }

    private var slots: [Slot] = []
    private let shift: UInt64
    private let factor: UInt64

    /// Numbers `digests`; of equal ones the later one is found.
    package init(_ digests: some Collection<SHA256Digest>) {
        var bits: UInt64 = 3
        while 1 << bits < digests.count * 2 { bits += 1 }
        shift = 64 - bits
        factor = UInt64.random(in: .min ... .max) | 1
        guard !digests.isEmpty else { return }
        slots = [Slot](repeating: Slot(), count: 1 << bits)
        for (position, digest) in digests.enumerated() {
            slots[find(digest)] = Slot(digest: digest, position: Int32(position))
        }
    }

    /// The position of a digest; nil where it is none of them.
    package func position(of digest: SHA256Digest) -> Int? {
        guard !slots.isEmpty else { return nil }
        let position = slots[find(digest)].position
        return position < 0 ? nil : Int(position)
    }

    /// Has the processor bring near where a look-up of `digest` begins.
    package func approach(_ digest: SHA256Digest) {
        guard !slots.isEmpty else { return }
        unsafe slots.withUnsafeBufferPointer { slots in
            guard let base = slots.baseAddress else { return }
            unsafe Foresight.fetch(UInt(bitPattern: base + first(digest)))
        }
    }

    private func first(_ digest: SHA256Digest) -> Int { Int(truncatingIfNeeded: (digest.word &* factor) >> shift) }

    /// The slot that holds `digest`, or the empty one where it belongs.
    private func find(_ digest: SHA256Digest) -> Int {
        var slot = first(digest)
        while slots[slot].position >= 0, slots[slot].digest != digest { slot = (slot &+ 1) & (slots.count &- 1) }
        return slot
    }
}
