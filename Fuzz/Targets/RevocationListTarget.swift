@testable import Encoding
@testable import PKIX

extension FuzzTarget {
    /// Revocation lists: nothing left over, every serial found again, and only the genuine list verifies.
    static let revocationList = FuzzTarget("crl", byteLimit: 4_096) { bytes throws(BrokenProperty) in
        let list: RevocationList
        do throws(RevocationFault) { list = try RevocationList.decode(bytes) } catch { return false }
        try DERProperties.isWhole(bytes) { (der) throws(RevocationFault) in try RevocationList.decode(der) }
        try DERProperties.isSigned(bytes, list.signedBytes, list.algorithmIdentifier, list.signature)
        try hold(list.thisUpdate <= list.nextUpdate, "a list that ends before it begins")
        try NameProperties.inspect(list.issuer)
        var last: SerialNumber?
        var isOrdered = true
        var isFound = true
        list.serials.forEach { serial, _ in
            isOrdered = isOrdered && last.map { $0 <= serial } ?? true
            // A serial may come twice; one of its entries is found.
            isFound = isFound && list.serials[serial] != nil
            last = serial
        }
        try hold(isOrdered && isFound, "a revoked serial is not found")
        for authority in Genuine.kept.anchors.authorities(named: list.issuer)
        where !refuses({ () throws(RevocationFault) in try list.verify(signedBy: authority) }) {
            try hold(Genuine.kept.lists.contains(bytes), "a signature over another list was accepted")
        }
        return true
    }
}
