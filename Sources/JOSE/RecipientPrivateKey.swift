package import Crypto
import Encoding

/// Reads the private key a recipient opens results with: PEM, not encrypted, or a JWK (RFC 7518 §6.2.2, §6.3.2).
package enum RecipientPrivateKey {
    /// Decodes the content of a key file.
    package static func decode(_ text: [UInt8]) throws(JWEKeyFault) -> PrivateKey {
        guard text.count <= JWERecipient.byteLimit else { throw .tooLarge(limit: JWERecipient.byteLimit) }
        let isJSON = text.first { $0 > 0x20 } == UInt8(ascii: "{")
        return try isJSON ? jwk(text) : pem(String(decoding: text, as: UTF8.self))
    }

    private static func pem(_ text: String) throws(JWEKeyFault) -> PrivateKey {
        if text.contains("-----BEGIN PUBLIC KEY-----") { throw .publicKey }
        do throws(CryptoError) {
            return try PrivateKey(pem: text)
        } catch .privateKey(let reason) {
            throw .pem(reason)
        } catch .key(let fault) {
            throw .key("the key is unfit: \(fault)")
        } catch {
            throw .pem(error.code)
        }
    }

    private static func jwk(_ text: [UInt8]) throws(JWEKeyFault) -> PrivateKey {
        let document = JSONDocument(limits: .keySet)
        do { try document.parse(text) } catch { throw .json(error) }
        let jwk = document.root
        guard jwk.kind == .object, let type = jwk["kty"]?.text else { throw .key("kty is missing or not a string") }
        guard jwk["d"] != nil else { throw .publicKey }
        if type.equals("RSA") { return try rsa(jwk) }
        if type.equals("EC") { return try ec(jwk) }
        throw .key("kty \(Printable.text(type, limit: 32)) is not used here")
    }

    private static func rsa(_ jwk: JSONValue) throws(JWEKeyFault) -> PrivateKey {
        let numbers = PrivateKeyNumbers.RSA(
            n: try number(jwk, "n"),
            e: try number(jwk, "e"),
            d: try number(jwk, "d"),
            p: try number(jwk, "p"),
            q: try number(jwk, "q"),
            dp: try number(jwk, "dp"),
            dq: try number(jwk, "dq"),
            qi: try number(jwk, "qi")
        )
        return try pem(PrivateKeyNumbers.rsa(numbers).pem)
    }

    private static func ec(_ jwk: JSONValue) throws(JWEKeyFault) -> PrivateKey {
        guard let name = jwk["crv"]?.text, let curve = EllipticCurve(rawValue: name.string) else {
            throw .key("crv is missing or not used here")
        }
        let (x, y, d) = (try number(jwk, "x"), try number(jwk, "y"), try number(jwk, "d"))
        guard d.count == curve.byteCount else { throw .key("d has not the bytes of its curve") }
        let key = try pem(PrivateKeyNumbers.ec(curve, d: d).pem)
        guard key.publicKey.material == .ec(curve, x: x, y: y) else { throw .key("d is not of the point x, y") }
        return key
    }

    private static func number(_ jwk: JSONValue, _ name: StaticString) throws(JWEKeyFault) -> [UInt8] {
        guard let text = jwk[name]?.text else { throw .key("\(name) is missing or not a string") }
        do { return try Base64URL.decode(text.string) } catch { throw .key("\(name) is not base64url") }
    }
}
