/// One pass over a document's text that fills its tape.
///
/// Borrows the document's memory for one call. The text is followed by `padding` zero bytes: a zero byte stops every
/// scan, so positions need no bounds check of their own, and sixteen bytes may be loaded anywhere in the text.
@safe
struct JSONParser {
    static let padding = 16

    let text: UnsafeMutablePointer<UInt8>
    let count: Int
    let limits: JSONLimits
    var position = 0
    var nodes: UnsafeMutablePointer<JSONNode>
    var nodeCount = 0
    var nodeCapacity: Int
    var names: JSONNameTable

    private var nodeRoom: Int
    /// The open container's index, -1 outside all; its kind and how much it holds so far.
    private var open = -1
    private var isObject = false
    private var held = 0
    private var depth = 0

    init(
        _ text: ByteBuffer,
        _ nodes: UnsafeMutablePointer<JSONNode>,
        _ nodeCapacity: Int,
        _ names: JSONNameTable,
        _ limits: JSONLimits
    ) {
        unsafe self.text = text.base
        count = text.count
        self.limits = limits
        unsafe self.nodes = nodes
        self.nodeCapacity = nodeCapacity
        self.names = names
        nodeRoom = min(nodeCapacity, limits.nodes)
    }

    /// Reads the whole text as one value.
    mutating func run() throws(JSONError) {
        if count >= 3, unsafe text[0] == 0xEF, unsafe text[1] == 0xBB, unsafe text[2] == 0xBF {
            throw .byteOrderMark
        }
        repeat {
            skipSpace()
            try readValue()
        } while try continueContainer()
        skipSpace()
        guard position == count else { throw .trailing(at: position) }
    }

    /// Reads a scalar, or opens a container up to where its first value begins.
    @inline(__always)
    private mutating func readValue() throws(JSONError) {
        while true {
            switch unsafe text[position] {
            case UInt8(ascii: "\""):
                position &+= 1
                let string = try readString()
                try append(.string, string.start, string.count)
                return
            case UInt8(ascii: "{"):
                try openContainer(.object)
                guard unsafe text[position] != UInt8(ascii: "}") else { return }
                try readName()
            case UInt8(ascii: "["):
                try openContainer(.array)
                guard unsafe text[position] != UInt8(ascii: "]") else { return }
                try countElement()
            case UInt8(ascii: "t"):
                return try readLiteral("true", .yes)
            case UInt8(ascii: "f"):
                return try readLiteral("false", .no)
            case UInt8(ascii: "n"):
                return try readLiteral("null", .null)
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                return try readNumber()
            default:
                throw unexpected()
            }
        }
    }

    /// Closes what ends here; true when another value follows, false behind the outermost one.
    @inline(__always)
    private mutating func continueContainer() throws(JSONError) -> Bool {
        while open >= 0 {
            skipSpace()
            let byte = unsafe text[position]
            if byte == UInt8(ascii: ","), held > 0 {
                position &+= 1
                if isObject {
                    skipSpace()
                    try readName()
                } else {
                    try countElement()
                }
                return true
            }
            guard byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else { throw unexpected() }
            position &+= 1
            closeContainer()
        }
        return false
    }

    @inline(__always)
    private mutating func openContainer(_ tag: JSONNode.Tag) throws(JSONError) {
        guard depth < limits.depth else { throw .depthLimit(at: position) }
        depth &+= 1
        if open >= 0 { unsafe nodes[open].count = UInt32(truncatingIfNeeded: held) }
        let outer = open
        open = nodeCount
        try append(tag, position, 0)
        unsafe nodes[open].next = UInt32(truncatingIfNeeded: outer)
        held = 0
        isObject = tag == .object
        position &+= 1
        skipSpace()
    }

    @inline(__always)
    private mutating func closeContainer() {
        let outer = unsafe Int(Int32(truncatingIfNeeded: nodes[open].next))
        unsafe nodes[open].count = UInt32(truncatingIfNeeded: held)
        unsafe nodes[open].next = UInt32(truncatingIfNeeded: nodeCount)
        depth &-= 1
        open = outer
        guard outer >= 0 else { return }
        held = unsafe Int(nodes[outer].count)
        isObject = unsafe nodes[outer].tag == .object
    }

    @inline(__always)
    private mutating func countElement() throws(JSONError) {
        guard held < limits.elements else { throw .elementLimit(at: position) }
        held &+= 1
        skipSpace()
    }

    /// Reads a member's name and colon, up to where its value begins.
    @inline(__always)
    private mutating func readName() throws(JSONError) {
        guard unsafe text[position] == UInt8(ascii: "\"") else { throw unexpected() }
        let offset = position
        guard held < limits.members else { throw .memberLimit(at: offset) }
        held &+= 1
        position &+= 1
        let name = try readString()
        let index = nodeCount
        try append(.string, name.start, name.count)
        guard unsafe names.insert(index, object: open, text, nodes) || !limits.refusesRepeatedNames else {
            let bytes = unsafe UnsafeRawBufferPointer(start: text + name.start, count: name.count)
            throw unsafe .duplicateMember(Printable.text(String(decoding: bytes, as: UTF8.self), limit: 64), at: offset)
        }
        skipSpace()
        guard unsafe text[position] == UInt8(ascii: ":") else { throw unexpected() }
        position &+= 1
        skipSpace()
    }

    @inline(__always)
    private mutating func readLiteral(_ word: StaticString, _ tag: JSONNode.Tag) throws(JSONError) {
        let length = word.utf8CodeUnitCount
        for index in 1..<length where unsafe text[position &+ index] != word.utf8Start[index] {
            position &+= index
            throw unexpected()
        }
        try append(tag, position, length)
        position &+= length
    }

    @inline(__always)
    mutating func append(
        _ tag: JSONNode.Tag,
        _ start: Int,
        _ length: Int,
        _ integer: Int64 = 0
    ) throws(JSONError) {
        if nodeCount == nodeRoom { try grow() }
        let next = nodeCount &+ 1
        unsafe nodes[nodeCount] = JSONNode(
            start: UInt32(truncatingIfNeeded: start),
            count: UInt32(truncatingIfNeeded: length),
            next: UInt32(truncatingIfNeeded: next),
            tag: tag,
            integer: integer
        )
        nodeCount = next
    }

    @inline(__always)
    private mutating func skipSpace() {
        while true {
            let byte = unsafe text[position]
            guard byte <= 0x20, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            position &+= 1
        }
    }

    /// The error for the byte at `position`.
    func unexpected() -> JSONError {
        unsafe position < count ? .unexpected(text[position], at: position) : .end(at: count)
    }

    private mutating func grow() throws(JSONError) {
        guard nodeCount < limits.nodes else { throw .nodeLimit(at: position) }
        let larger = UnsafeMutablePointer<JSONNode>.allocate(capacity: nodeCapacity * 2)
        unsafe larger.moveInitialize(from: nodes, count: nodeCount)
        unsafe nodes.deallocate()
        unsafe nodes = larger
        nodeCapacity *= 2
        nodeRoom = min(nodeCapacity, limits.nodes)
    }
}
