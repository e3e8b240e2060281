import Encoding

/// The notes of one source and day, packed: of each the steps of pulse and time since the one before, and the bundle.
///
/// Numbers are written seven bits a byte, the lowest first; a fetch each quarter of an hour takes five bytes.
struct FetchNotes {
    private(set) var bytes: [UInt8]
    /// All of them, in the order they were recorded.
    private(set) var all: [FetchNote] = []

    /// None yet.
    init() { bytes = [] }

    /// Reads what is packed; nil where it is damaged.
    init?(_ bytes: [UInt8]) {
        self.bytes = bytes
        var place = 0
        var (pulse, time): (Int64, Int64) = (0, 0)
        while place < bytes.count {
            guard let step = Self.number(bytes, &place), let time1 = Self.number(bytes, &place),
                let bundle = Self.number(bytes, &place)
            else { return nil }
            pulse &+= Self.signed(step)
            time &+= Self.signed(time1)
            all.append(FetchNote(pulse: pulse, fetchedAt: time, bundle: bundle == 0 ? nil : Int64(bundle)))
        }
    }

    mutating func append(_ note: FetchNote) {
        put(Self.unsigned(note.pulse &- (all.last?.pulse ?? 0)))
        put(Self.unsigned(note.fetchedAt &- (all.last?.fetchedAt ?? 0)))
        put(UInt64(max(0, note.bundle ?? 0)))
        all.append(note)
    }

    private mutating func put(_ number: UInt64) {
        var rest = number
        while rest > 0x7F {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    private static func number(_ bytes: [UInt8], _ place: inout Int) -> UInt64? {
        var (number, shift): (UInt64, UInt64) = (0, 0)
        while place < bytes.count, shift < 64 {
            let byte = bytes[place]
            place += 1
            number |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return number }
            shift += 7
        }
        return nil
    }

    /// Small numbers of either sign become small ones without.
    private static func unsigned(_ number: Int64) -> UInt64 { UInt64(bitPattern: number << 1 ^ number >> 63) }

    private static func signed(_ number: UInt64) -> Int64 {
        Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
    }
}
