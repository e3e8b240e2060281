package import Encoding

/// Ahead of look-ups in a set that is near: what they will touch. Nothing comes of it but time.
extension KeySet {
    /// Has the processor bring near the tables of the set.
    package func foreseeTables() {
        guard hasKeys else { return }
        table.foresee()
        unsafe keys.withUnsafeBytes { Foresight.fetch(UInt(bitPattern: $0.baseAddress)) }
        unsafe standings.withUnsafeBytes { Foresight.fetch(UInt(bitPattern: $0.baseAddress)) }
    }

    /// Has it bring near the key that `kid` names, which is told by the tables.
    package func foreseeKey(_ kid: ByteSlice) {
        guard let position = table.likely(kid: kid) else { return }
        // The address as it lies in the array: to count a reference would touch the key.
        let address = unsafe keys.withUnsafeBytes {
            unsafe $0.load(fromByteOffset: position * MemoryLayout<VerificationKey>.stride, as: UInt.self)
        }
        Foresight.fetch(address)
    }

    /// Has it bring near what that key consists of.
    package func foreseeContent(_ kid: ByteSlice) {
        guard let position = table.likely(kid: kid) else { return }
        let key = keys[position]
        Foresight.fetch(key.keyPlace)
        unsafe key.kid?.withUnsafeBytes { Foresight.fetch(UInt(bitPattern: $0.baseAddress)) }
    }
}
