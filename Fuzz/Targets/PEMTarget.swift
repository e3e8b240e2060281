@testable import Encoding

extension FuzzTarget {
    /// PEM: every way of reading finds the same certificates, and writing them gives them back.
    static let pem = FuzzTarget("pem", byteLimit: 8_192) { bytes throws(BrokenProperty) in
        let text = ByteSlice(bytes)
        let all: [[UInt8]]
        do throws(PEMError) { all = try PEM.certificates(in: text) } catch { return false }
        let count = try must("cannot be counted") { () throws(PEMError) in try PEM.certificateCount(in: text) }
        try hold(count == all.count && count > 0, "\(all.count) certificates were counted as \(count)")
        let buffer = ByteBuffer(capacity: 8)
        buffer.append([7])
        let first = try must("the first cannot be read alone") { () throws(PEMError) in
            try PEM.decodeFirstCertificate(text, into: buffer)
        }
        try hold(first.bytes == all[0] && buffer.count == all[0].count + 1, "the first one alone is another")
        let written = all.map { PEM.encode($0, label: "CERTIFICATE") }.joined(separator: "between\n")
        let again = try must("cannot read what was written") { () throws(PEMError) in
            try PEM.certificates(in: ByteSlice(written))
        }
        try hold(again == all, "writing changed a certificate")
        return true
    }
}
