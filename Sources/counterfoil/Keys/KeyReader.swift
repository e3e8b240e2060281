import Crypto
import Encoding
import KeyCache
import Operations

/// Finds keys in the cache by what an operator names.
struct KeyReader {
    let store: KeyStore

    init(_ site: Site) throws(Failure) { store = try site.cacheView() }

    func records(_ query: KeyQuery, asOf: AsOf = .now) throws(Failure) -> [KeyRecord] {
        do throws(KeyStoreError) { return try store.keys(query, asOf: asOf) } catch { throw Failure(error) }
    }

    /// The keys a name means: a kid, a key's digest or a certificate's.
    func records(named name: KeyName, asOf: AsOf = .now) throws(Failure) -> [KeyRecord] {
        var query = KeyQuery()
        if let digest = name.digest {
            query.spki = digest
            let keys = try records(query, asOf: asOf)
            if !keys.isEmpty { return keys }
            query.spki = nil
            query.certificate = digest
            let listed = try records(query, asOf: asOf)
            if !listed.isEmpty { return listed }
            query.certificate = nil
        }
        query.kid = name.kid
        return try records(query, asOf: asOf)
    }

    /// The failure that nothing has a name.
    static func unknown(_ name: String) -> Failure {
        let message = UserMessage(
            Printable.text(name),
            "no key in the cache has this kid, and none this digest or a certificate of it",
            remedy: "see which there are: counterfoil keys list"
        )
        return Failure(message, name: "unknown_key", .usage)
    }
}
