import Encoding
import PKIX
import Synchronization

/// What was made of a snapshot's certificates, by position, as soon as a request asked for one.
///
/// A look-up goes from the position straight to what was made, past the `KnownCertificate` that keeps it alive: that lies
/// far from the nearest caches, as all of them do.
@safe
final class MadeCertificates: Sendable {
    // `nonisolated(unsafe)`: the pointer is set at init, and what it leads to is read and written as atomics only.
    private nonisolated(unsafe) let places: UnsafeMutablePointer<Atomic<UInt>>
    private let count: Int

    /// Room for `count` certificates, of which none was made yet.
    init(count: Int) {
        self.count = count
        unsafe places = .allocate(capacity: count)
        for position in 0..<count { unsafe (places + position).initialize(to: Atomic(0)) }
    }

    deinit {
        unsafe places.deinitialize(count: count)
        unsafe places.deallocate()
    }

    /// What was made of the certificate at `position`, if anything.
    func certificate(at position: Int) -> TransportCertificate? {
        precondition(position >= 0 && position < count, "no certificate is there")
        let address = unsafe places[position].load(ordering: .acquiring)
        guard let pointer = unsafe UnsafeRawPointer(bitPattern: address) else { return nil }
        return unsafe Unmanaged<TransportCertificate>.fromOpaque(pointer).takeUnretainedValue()
    }

    /// Notes what was made of the certificate at `position`; whoever keeps this keeps that alive.
    func note(_ certificate: TransportCertificate, at position: Int) {
        precondition(position >= 0 && position < count, "no certificate is there")
        unsafe places[position].store(Foresight.address(of: certificate), ordering: .releasing)
    }

    /// Has the processor bring near the place for the certificate at `position`.
    func foreseePlace(_ position: Int) {
        precondition(position >= 0 && position < count, "no certificate is there")
        unsafe Foresight.fetch(UInt(bitPattern: places + position))
    }

    /// Has it bring near what was made of the certificate at `position`.
    func foresee(_ position: Int) {
        precondition(position >= 0 && position < count, "no certificate is there")
        let address = unsafe places[position].load(ordering: .relaxed)
        guard address != 0 else { return }
        Foresight.fetch(address)
        Foresight.fetch(address &+ 128)
        Foresight.fetch(address &+ 256)
    }
}
