/// Decodes the DER of a Name.
enum NameDecoder {
    /// The relative names of the SEQUENCE `element`, in order.
    static func decode(_ element: DERElement, in reader: DERReader) throws(DNFault) -> [[NameAttribute]] {
        var names = reader.inside(element)
        var rdns: [[NameAttribute]] = []
        var parts = 0
        do throws(DERFault) {
            guard element.tag == DERTag.sequence else {
                throw .tag(expected: DERTag.sequence, found: element.tag, at: element.start)
            }
        } catch { throw .encoding(error) }
        while !names.isAtEnd {
            var rdn: [NameAttribute] = []
            var pairs = names.inside(try read { () throws(DERFault) in try names.next(DERTag.set) })
            repeat {
                parts += 1
                guard parts <= DistinguishedName.partLimit else {
                    throw .tooManyParts(limit: DistinguishedName.partLimit)
                }
                rdn.append(try attribute(&pairs))
            } while !pairs.isAtEnd
            rdns.append(rdn)
        }
        return rdns
    }

    private static func attribute(_ pairs: inout DERReader) throws(DNFault) -> NameAttribute {
        let oid: String
        let value: DERElement
        do throws(DERFault) {
            var pair = try pairs.sequence()
            oid = try DERValue.objectIdentifier(try pair.next(DERTag.objectIdentifier), in: pair)
            value = try pair.next()
            try pair.finish()
        } catch { throw .encoding(error) }
        guard let attribute = NameAttribute(oid: oid, tag: value.tag, in: pairs.bytes, content: value.content) else {
            throw .encoding(.string(at: value.start))
        }
        guard !value.content.isEmpty else { throw .emptyValue(at: value.start) }
        guard DERString.excludesControls(value.tag) || NameText.isClean(attribute.value) else {
            throw .controlCharacter(at: value.start)
        }
        return attribute
    }

    private static func read<Value>(_ body: () throws(DERFault) -> Value) throws(DNFault) -> Value {
        do throws(DERFault) { return try body() } catch { throw .encoding(error) }
    }
}
