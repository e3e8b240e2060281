@testable import Crypto
@testable import Encoding
@testable import JOSE

extension FuzzTarget {
    /// JOSE headers: each member is noticed, an algorithm is named to the letter, no key comes in unseen.
    static let header = FuzzTarget("header", byteLimit: 2_048) { bytes throws(BrokenProperty) in
        let document = JSONDocument()
        guard !refuses({ () throws(JSONError) in try document.parse(bytes) }) else { return false }
        let root = document.root
        guard let header = ProtectedHeader.read(root) else {
            try hold(root.kind != .object, "an object was not read")
            return false
        }
        let members: [(String, HeaderMembers)] = [
            ("alg", .algorithm), ("kid", .keyID), ("typ", .type), ("cty", .contentType), ("crit", .critical),
            ("b64", .unencoded), ("jwk", .key), ("jku", .keySetURL), ("x5c", .certificateChain),
            ("x5u", .certificateURL), ("x5t", .certificateSHA1), ("x5t#S256", .certificateSHA256),
            ("enc", .encryption), ("zip", .compression),
        ]
        for (name, member) in members {
            try hold(header.present.contains(member) == (root[name] != nil), "\(name) was missed or made up")
        }
        try hold(header.present.isSuperset(of: header.misshapen), "a misshapen member that is not there")
        try hold((header.embedded != nil) == header.hasEmbeddedKey, "an embedded key without a name")
        try hold(header.algorithm?.bytes == root["alg"]?.text?.bytes, "another alg")
        try hold(header.keyID?.bytes == root["kid"]?.text?.bytes, "another kid")
        if let algorithm = header.signatureAlgorithm {
            try hold(
                ["PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "RS256"].contains(algorithm.rawValue),
                "an algorithm that is not one of ours"
            )
            try hold(header.algorithm?.string == algorithm.rawValue, "an algorithm by another name")
        }
        try hold(header.unencodedPayload == (root["b64"].map { $0.bool != true } ?? false), "b64 was misread")
        return true
    }
}
