import Crypto
import Encoding
import Ledger
import OpenBanking
import Operations

/// Finds a result that was given: by its file, by the digest of its request, or by the h16 in a result's name.
struct ResultSearch {
    let site: Site

    /// What was found: the result itself, or what the ledger remembers of one whose file was taken away.
    enum Found {
        case result(StoredResult)
        case remembered(SHA256Digest, PriorResult)
    }

    /// The digits of a digest or its beginning that a word is or, in the name of a result, has; nil where there are none.
    static func digits(in word: String) -> String? {
        if isHex(word) { return word.lowercased() }
        guard word.hasSuffix(".json") || word.hasSuffix(".ndjson") else { return nil }
        return PathName.split(word).name.split(separator: ".").map(String.init).last {
            $0.utf8.count == 16 && isHex($0)
        }
    }

    private static func isHex(_ word: String) -> Bool {
        (16...64).contains(word.utf8.count) && word.utf8.count % 2 == 0 && Hex.decode(word.lowercased()) != nil
    }

    /// What the ledger has of requests whose digest begins so.
    func find(_ digits: String) throws(Failure) -> [Found] {
        guard let ledger = try site.ledgerView(), let prefix = Hex.decode(digits) else { return [] }
        let known = try LedgerReading.requests(ledger, prefix: prefix, at: site.clock.now())
        var found: [Found] = []
        for (digest, prior) in known {
            let path = "\(site.configuration.spool.path)/\(prior.resultName)"
            found.append(try result(path, prior.line).map { .result($0) } ?? .remembered(digest, prior))
        }
        return found
    }

    /// The result in a file, of bulk results that of a line; nil where the file is not there, or holds none.
    ///
    /// Of a sealed one the ledger, where there is one here, says which client it is about.
    func result(_ path: String, _ line: Int?) throws(Failure) -> StoredResult? {
        guard var result = try stored(path, line) else { return nil }
        guard result.isSealed, let digest = Hex.decode(result.digest), let ledger = try site.ledgerView() else {
            return result
        }
        let known = try LedgerReading.requests(ledger, prefix: digest, at: site.clock.now())
        result.ledgerClientID = known.lazy.compactMap(\.result.clientID).first.map { Printable.text($0) }
        return result
    }

    private func stored(_ path: String, _ line: Int?) throws(Failure) -> StoredResult? {
        guard Folders.exists(path) else { return nil }
        let bytes: [UInt8]
        do throws(FileBytes.Fault) {
            bytes = try FileBytes.read(path, limit: path.hasSuffix(".ndjson") ? 2 << 30 : 4 << 20)
        } catch {
            return nil
        }
        guard path.hasSuffix(".ndjson") else { return StoredResult(ByteSlice(bytes), path: path) }
        guard let line else { return nil }
        let all = ByteSlice(bytes)
        var (start, number) = (0, 1)
        while start < all.count {
            let end = all.firstIndex(of: UInt8(ascii: "\n"), from: start) ?? all.count
            if number == line { return StoredResult(all[start..<end], path: path, line: line) }
            (start, number) = (end + 1, number + 1)
        }
        return nil
    }
}
