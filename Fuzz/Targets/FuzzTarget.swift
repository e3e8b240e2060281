/// One reader of bytes that strangers write, and what must hold of whatever it makes of them.
///
/// The fuzzer and the tests call the same check. It returns whether the bytes were accepted.
struct FuzzTarget: Sendable, CustomStringConvertible {
    /// The name of the target, its corpus and its dictionary.
    let name: String
    /// The longest input tried, in bytes; long enough for every bound worth reaching.
    let byteLimit: Int
    /// Reads the bytes; returns whether they were accepted, throws where something that must hold does not.
    let check: @Sendable ([UInt8]) throws(BrokenProperty) -> Bool

    init(
        _ name: String,
        byteLimit: Int,
        _ check: @escaping @Sendable ([UInt8]) throws(BrokenProperty) -> Bool
    ) {
        (self.name, self.byteLimit, self.check) = (name, byteLimit, check)
    }

    var description: String { name }

    /// Every target.
    static let all: [FuzzTarget] = [
        .json, .base64, .timestamp, .pem, .jws, .header, .keySet, .certificate, .revocationList, .statements,
        .distinguishedName, .redirect, .configuration, .sources, .record, .manifest,
    ]
}

/// Something that must hold of a reader did not.
struct BrokenProperty: Error, CustomStringConvertible {
    let description: String
}

/// Throws unless `condition` holds.
func hold(_ condition: Bool, _ otherwise: @autoclosure () -> String) throws(BrokenProperty) {
    guard condition else { throw BrokenProperty(description: otherwise()) }
}

/// What `body` returns; an error of it is a broken property.
func must<Value, Failure: Error>(
    _ what: @autoclosure () -> String,
    _ body: () throws(Failure) -> Value
) throws(BrokenProperty) -> Value {
    do { return try body() } catch { throw BrokenProperty(description: "\(what()): \(error)") }
}

/// True where `body` throws.
func refuses<Value, Failure: Error>(_ body: () throws(Failure) -> Value) -> Bool {
    do {
        _ = try body()
        return false
    } catch { return true }
}
