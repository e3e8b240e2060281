import Glibc

/// What is asked of the text in a document's values, without making values of them.
extension JSONDocument {
    /// Whether the array at `index` has a string of exactly these bytes; false where another value is.
    @usableFromInline
    func hasElement(of index: Int, _ text: StaticString) -> Bool {
        text.withUTF8Buffer { unsafe hasElement(of: index, UnsafeRawBufferPointer($0)) }
    }

    private func hasElement(of index: Int, _ text: UnsafeRawBufferPointer) -> Bool {
        let array = node(index)
        guard array.tag == .array else { return false }
        var (current, found) = (index + 1, false)
        while current < Int(array.next), !found {
            let element = node(current)
            if element.tag == .string {
                unsafe withBytes(of: element) { found = unsafe $0.count == text.count && same($0, text) }
            }
            current = Int(element.next)
        }
        return found
    }

    /// Whether the string at `index`, or each string right in the array there, is printable ASCII of at most `maximum`
    /// bytes; true of other values.
    @usableFromInline
    func isPlain(_ index: Int, maximum: Int) -> Bool {
        let value = node(index)
        switch value.tag {
        case .string: return isPlain(value, maximum)
        case .array:
            var current = index + 1
            while current < Int(value.next) {
                let element = node(current)
                if element.tag == .string, !isPlain(element, maximum) { return false }
                current = Int(element.next)
            }
            return true
        default: return true
        }
    }

    private func isPlain(_ string: JSONNode, _ maximum: Int) -> Bool {
        guard string.count <= maximum else { return false }
        var isPlain = true
        unsafe withBytes(of: string) { isPlain = unsafe StringMarks.arePrintable($0) }
        return isPlain
    }

    private func same(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
        guard let mine = left.baseAddress, let theirs = right.baseAddress else { return true }
        return unsafe memcmp(mine, theirs, left.count) == 0
    }
}
