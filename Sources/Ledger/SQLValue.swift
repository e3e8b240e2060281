import Crypto
import Encoding

/// A value bound to a statement.
enum SQLValue {
    case null
    case integer(Int64)
    case text(String)
    /// Text that lies in a buffer; it is UTF-8.
    case slice(ByteSlice)
    case blob([UInt8])
    case digest(SHA256Digest)

    static func integer(_ value: Int) -> SQLValue { .integer(Int64(value)) }
    static func integer(_ value: Int64?) -> SQLValue { value.map { .integer($0) } ?? .null }
    static func integer(_ value: Int?) -> SQLValue { value.map { .integer(Int64($0)) } ?? .null }
    static func text(_ value: String?) -> SQLValue { value.map { .text($0) } ?? .null }
    static func blob(_ value: [UInt8]?) -> SQLValue { value.map { .blob($0) } ?? .null }
    static func digest(_ value: SHA256Digest?) -> SQLValue { value.map { .digest($0) } ?? .null }

    /// How many bytes `append` appends.
    var byteCount: Int {
        switch self {
        case .null, .integer: 0
        case .text(let text): text.utf8.count
        case .slice(let text): text.count
        case .blob(let bytes): bytes.count
        case .digest: SHA256Digest.byteCount
        }
    }

    /// Appends its bytes, where SQLite reads it from memory.
    func append(to buffer: ByteBuffer) {
        switch self {
        case .null, .integer: break
        case .text(let text): buffer.append(text)
        case .slice(let text): buffer.append(text)
        case .blob(let bytes): buffer.append(bytes)
        case .digest(let digest): digest.append(to: buffer)
        }
    }
}
