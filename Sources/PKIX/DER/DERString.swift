/// The character strings of names, decoded to Unicode.
package enum DERString {
    /// True for the string types a name may use (X.520 DirectoryString and IA5String, with the deprecated ones).
    package static func isText(_ tag: UInt8) -> Bool {
        switch tag {
        case DERTag.utf8String, DERTag.printableString, DERTag.ia5String, DERTag.numericString, DERTag.visibleString,
            DERTag.teletexString, DERTag.bmpString, DERTag.universalString:
            true
        default: false
        }
    }

    /// True for the types whose texts, once decoded, hold only the printable characters of ASCII.
    static func excludesControls(_ tag: UInt8) -> Bool {
        switch tag {
        case DERTag.printableString, DERTag.ia5String, DERTag.numericString, DERTag.visibleString: true
        default: false
        }
    }

    /// The text of content octets `range` under `tag`, nil when they are not valid in that type or the type is no
    /// text.
    ///
    /// TeletexString is read as Latin-1, as every other reader does; BMPString takes no surrogates.
    package static func decode(_ bytes: [UInt8], _ range: Range<Int>, tag: UInt8) -> String? {
        switch tag {
        case DERTag.utf8String:
            let slice = bytes[range]
            return isPrintable(slice)
                ? String(decoding: slice, as: UTF8.self) : String(validating: slice, as: UTF8.self)
        case DERTag.printableString, DERTag.ia5String, DERTag.numericString, DERTag.visibleString:
            let slice = bytes[range]
            return isPrintable(slice) ? String(decoding: slice, as: UTF8.self) : nil
        case DERTag.teletexString:
            return scalars(bytes, range, width: 1)
        case DERTag.bmpString:
            return scalars(bytes, range, width: 2)
        case DERTag.universalString:
            return scalars(bytes, range, width: 4)
        default:
            return nil
        }
    }

    private static func isPrintable(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.allSatisfy { $0 >= 0x20 && $0 <= 0x7E }
    }

    private static func scalars(_ bytes: [UInt8], _ range: Range<Int>, width: Int) -> String? {
        guard range.count % width == 0 else { return nil }
        var text = String.UnicodeScalarView()
        for start in stride(from: range.lowerBound, to: range.upperBound, by: width) {
            var value: UInt32 = 0
            for index in start..<start + width { value = value << 8 | UInt32(bytes[index]) }
            guard let scalar = Unicode.Scalar(value) else { return nil }
            text.append(scalar)
        }
        return String(text)
    }
}
