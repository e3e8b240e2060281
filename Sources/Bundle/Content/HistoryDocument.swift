import Crypto
import Encoding
import JOSE
import KeyCache

/// `history.jwt`: a signed `jwk-set+jwt` (OpenID Federation's form) of keys that left their sets or were revoked.
///
/// The keys in use are in the bodies and not repeated. Beside `iat`, `exp` and `revoked`, `listed` has the two ends of a
/// key's stay as far as they are known: after, by, after, by.
enum HistoryDocument {
    static let type = "jwk-set+jwt"

    /// One key, and the source that listed it.
    struct Entry {
        let url: String
        let key: HistoricKey
    }

    /// Whether what is known of a key is more than that it is in the body in use.
    static func tells(_ key: HistoricKey) -> Bool {
        !key.periods.isEmpty && (key.revocation != nil || key.periods.last?.toHigh != nil)
    }

    /// The signed text.
    static func sign(
        _ entries: [Entry],
        by key: SigningKey,
        issuer: String,
        at time: UnixTime
    ) throws(BundleFault) -> [UInt8] {
        let header = ByteBuffer()
        var json = JSONWriter(header)
        json.beginObject()
        json.member("alg", key.publicKey.scheme.jwsAlgorithm)
        json.member("kid", MetadataKey(key.publicKey).id)
        json.member("typ", type)
        json.endObject()
        let text = ByteBuffer(capacity: 1024 + entries.count * 1024)
        Base64URL.encode(header.all, into: text)
        text.append(UInt8(ascii: "."))
        Base64URL.encode(payload(entries, issuer, time), into: text)
        do throws(CryptoError) {
            let signature = try key.signJWS(text.all)
            text.append(UInt8(ascii: "."))
            Base64URL.encode(ByteSlice(signature), into: text)
        } catch {
            throw BundleFault(.signing, "a key cannot sign the history: \(error)")
        }
        return text.all.bytes
    }

    /// The keys of a signed text, which one of the role's keys must have signed; those that cannot be used any more are
    /// left out.
    static func read(_ bytes: [UInt8], _ signers: RoleKeys) throws(BundleFault) -> [DepartedKey] {
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw fault("is no compact JWS") }
        let document = JSONDocument()
        let header = try decoded(parts[0])
        do throws(JSONError) { try document.parse(header.all) } catch { throw fault("has an unreadable header") }
        guard document.root["typ"]?.text?.string == type, document.root["crit"] == nil,
            let id = document.root["kid"]?.text?.string, let key = signers.keys[id],
            document.root["alg"]?.text?.string == key.scheme.jwsAlgorithm
        else { throw BundleFault(.wrongSigner, "history.jwt is signed by none of the targets keys") }
        let signed = ByteSlice(Array(bytes[..<parts[1].endIndex]))
        guard key.verifiesJWS(try decoded(parts[2]).all.bytes, over: signed) else {
            throw BundleFault(.tampered, "history.jwt is not what was signed")
        }
        return try keys(try decoded(parts[1]).all.bytes)
    }

    private static func payload(_ entries: [Entry], _ issuer: String, _ time: UnixTime) -> ByteSlice {
        let buffer = ByteBuffer(capacity: 1024 + entries.count * 768)
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("iat", time)
        json.member("iss", issuer)
        json.name("keys")
        json.beginArray()
        for entry in entries { write(entry, &json) }
        json.endArray()
        json.endObject()
        return buffer.all
    }

    private static func write(_ entry: Entry, _ json: inout JSONWriter) {
        let (key, period) = (entry.key.key, entry.key.periods.last)
        json.beginObject()
        if let algorithm = key.algorithm { json.member("alg", algorithm) }
        if let end = period?.toHigh { json.member("exp", end) }
        if let start = period?.fromHigh { json.member("iat", period?.fromLow ?? start) }
        if let kid = key.kid { json.member("kid", String(decoding: kid, as: UTF8.self)) }
        switch key.key.material {
        case .rsa(let modulus, let exponent):
            json.member("kty", "RSA")
            json.member("n", Base64URL.encode(modulus))
            json.member("e", Base64URL.encode(exponent))
        case .ec(let curve, let x, let y):
            json.member("kty", "EC")
            json.member("crv", curve.rawValue)
            json.member("x", Base64URL.encode(x))
            json.member("y", Base64URL.encode(y))
        }
        if let period {
            json.name("listed")
            json.beginArray()
            for time in [period.fromLow, period.fromHigh, period.toLow, period.toHigh] {
                if let time { json.integer(time) } else { json.null() }
            }
            json.endArray()
        }
        if let revocation = entry.key.revocation {
            json.name("revoked")
            json.beginObject()
            if let reason = revocation.reason { json.member("reason", reason.name) }
            json.member("revoked_at", revocation.at)
            json.endObject()
        }
        json.member("source", entry.url)
        if key.use != .none { json.member("use", key.use.name) }
        json.endObject()
    }

    private static func keys(_ payload: [UInt8]) throws(BundleFault) -> [DepartedKey] {
        var limits = JSONLimits.keySet
        (limits.textBytes, limits.elements, limits.nodes) = (payload.count, payload.count, payload.count)
        let document = JSONDocument(limits: limits)
        do throws(JSONError) { try document.parse(payload) } catch { throw fault("has an unreadable payload") }
        guard let list = document.root["keys"], list.kind == .array else { throw fault("has no keys") }
        let set: JWKSet
        do throws(JWKSetFault) {
            set = try JWKSet.decode(payload, limits: JWKSetLimits(bodyBytes: payload.count, keys: .max))
        } catch {
            throw fault("is no key set")
        }
        var past: [DepartedKey] = []
        var keys = set.keys.makeIterator()
        var next = keys.next()
        for (index, item) in list.elements.enumerated() {
            guard let key = next, key.index == index else { continue }
            next = keys.next()
            guard let url = item["source"]?.text?.string, let listed = item["listed"], listed.count == 4 else {
                throw fault("has a key without its source or its stay")
            }
            let ends = listed.elements.map(\.integer)
            guard let from = ends[1] else { throw fault("has a key without the beginning of its stay") }
            let period = ListedPeriod(fromLow: ends[0], fromHigh: from, toLow: ends[2], toHigh: ends[3])
            past.append(DepartedKey(url: url, key: key, period: period))
        }
        return past
    }

    private static func decoded(_ part: ArraySlice<UInt8>) throws(BundleFault) -> ByteBuffer {
        let buffer = ByteBuffer(capacity: part.count)
        do throws(Base64Error) { try Base64URL.decode(ByteSlice(Array(part)), into: buffer) } catch {
            throw fault("is no base64url")
        }
        return buffer
    }

    private static func fault(_ what: String) -> BundleFault { BundleFault(.malformed, "history.jwt \(what)") }
}
