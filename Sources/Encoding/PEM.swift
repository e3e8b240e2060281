/// Certificates in the textual encoding of RFC 7468, labels matched exactly.
///
/// Text around the blocks and blocks of other labels are passed over; lines end in LF or CR LF and may carry blanks at
/// either end; anything else between the boundaries is refused.
package enum PEM {
    /// The DER of all CERTIFICATE blocks, in order; at least one.
    package static func certificates(in slice: ByteSlice) throws(PEMError) -> [[UInt8]] {
        var scanner = PEMScanner(slice)
        var certificates: [[UInt8]] = []
        let buffer = ByteBuffer(capacity: slice.count)
        while let block = try scanner.next() {
            guard block.label.equals("CERTIFICATE") else { continue }
            buffer.removeAll()
            certificates.append(try decode(block, behind: 0, from: 0, into: buffer).bytes)
        }
        guard !certificates.isEmpty else { throw .missing }
        return certificates
    }

    /// Appends the DER of the first CERTIFICATE block to `buffer` and returns where it lies.
    ///
    /// Nothing behind that block is read. On an error the buffer is as before.
    package static func decodeFirstCertificate(
        _ text: ByteSlice,
        into buffer: ByteBuffer
    ) throws(PEMError) -> ByteSlice {
        var scanner = PEMScanner(text)
        while let opening = try scanner.open() {
            guard opening.label.equals("CERTIFICATE") else {
                _ = try scanner.close(opening)
                continue
            }
            // Lines as they should be are taken before the end is looked for; whatever else there is, is judged then.
            let start = buffer.count
            let taken = Base64.decodeLines(text, from: opening.start, into: buffer)
            scanner.pass(taken)
            do throws(PEMError) {
                return try decode(scanner.close(opening), behind: taken, from: start, into: buffer)
            } catch {
                buffer.truncate(to: start)
                throw error
            }
        }
        throw .missing
    }

    /// How many CERTIFICATE blocks the text holds.
    package static func certificateCount(in slice: ByteSlice) throws(PEMError) -> Int {
        var scanner = PEMScanner(slice)
        var count = 0
        while let block = try scanner.next() {
            if block.label.equals("CERTIFICATE") { count += 1 }
        }
        return count
    }

    /// `der` between boundary lines with `label`, 64 characters a line, ending in a line feed.
    package static func encode(_ der: [UInt8], label: String) -> String {
        let buffer = ByteBuffer(capacity: der.count / 3 * 4 + 128)
        buffer.append("-----BEGIN \(label)-----\n")
        for start in stride(from: 0, to: der.count, by: 48) {
            Base64.encode(ByteSlice(Array(der[start..<min(start + 48, der.count)])), into: buffer)
            buffer.append(UInt8(ascii: "\n"))
        }
        buffer.append("-----END \(label)-----\n")
        return buffer.all.string
    }

    /// Decodes line by line behind the first `taken` characters of a block, whose bytes lie in the buffer from `start` on,
    /// as long as every line but the last is of whole groups; nil where that does not do, which is then to be judged.
    private static func decodeLines(
        _ block: PEMBlock,
        behind taken: Int,
        from start: Int,
        into buffer: ByteBuffer
    ) -> ByteSlice? {
        let alphabet = Base64Alphabet.standard
        let isDone = block.forEachLine(from: taken) { line, isLast in
            do throws(Base64Error) {
                if isLast {
                    try Base64.decode(line, into: buffer)
                } else {
                    guard line.count.isMultiple(of: 4) else { return false }
                    try Base64.decode(line, into: buffer, alphabet)
                }
                return true
            } catch {
                return false
            }
        }
        if isDone, buffer.count > start { return buffer[start..<buffer.count] }
        buffer.truncate(to: start)
        return nil
    }

    /// Decodes what is left of a block; where that does not do, gathers all its lines behind the buffer's bytes, decodes
    /// them behind that, and drops the gathered ones.
    private static func decode(
        _ block: PEMBlock,
        behind taken: Int,
        from start: Int,
        into buffer: ByteBuffer
    ) throws(PEMError) -> ByteSlice {
        if let der = decodeLines(block, behind: taken, from: start, into: buffer) { return der }
        buffer.reserve(block.body.count * 2 + 16)
        block.appendLines(to: buffer)
        let end = buffer.count
        guard end > start else { throw .empty(at: block.offset) }
        do {
            try Base64.decode(buffer[start..<end], into: buffer)
        } catch {
            buffer.truncate(to: start)
            throw .body(error)
        }
        buffer.remove(start..<end)
        return buffer[start..<buffer.count]
    }
}
