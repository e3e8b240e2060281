/// The number the journal knows an event by (`MESSAGE_ID`): the same for each line of it, in every version.
///
/// The first half is this product's, the second is made of the event's name (FNV-1a, 64 bits), so that a new event needs
/// no table; a test holds that no two have the same.
package enum EventID {
    private static let product: UInt64 = 0x6B1F_4C0E_93A7_4D52

    /// 32 digits in lower case.
    package static func of(_ event: String) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in event.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return hex(product) + hex(hash)
    }

    private static func hex(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
