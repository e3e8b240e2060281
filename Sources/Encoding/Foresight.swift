import CVector

/// Has the processor bring memory near that will be asked for soon, while it goes on with other work.
///
/// It changes nothing but time: of an address that is none, nothing comes.
package enum Foresight {
    /// Asks for the 128 bytes from `address` on.
    @inline(__always)
    package static func fetch(_ address: UInt) {
        unsafe counterfoil_fetch(UnsafeRawPointer(bitPattern: address))
    }

    /// Where an object lies, to be fetched without touching it; says nothing of how long it lives.
    package static func address(of object: AnyObject) -> UInt {
        unsafe UInt(bitPattern: Unmanaged.passUnretained(object).toOpaque())
    }
}
