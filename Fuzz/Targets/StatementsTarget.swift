@testable import Encoding
@testable import PKIX

extension FuzzTarget {
    /// The qcStatements extension: nothing left over, known roles once each, names that can be shown.
    static let statements = FuzzTarget("qcstatements", byteLimit: 1_024) { bytes throws(BrokenProperty) in
        let statements: QCStatements
        do throws(DERFault) { statements = try QCStatements(der: bytes) } catch { return false }
        try DERProperties.isWhole(bytes) { (der) throws(DERFault) in try QCStatements(der: der) }
        for oid in statements.unknown {
            try hold(oid.utf8.allSatisfy { $0 == 0x2E || (0x30...0x39).contains($0) }, "\(oid) is no identifier")
        }
        guard let psd2 = statements.psd2 else { return true }
        try hold(Set(psd2.roles).count == psd2.roles.count, "a role twice")
        try hold(psd2.roles.count + psd2.unknownRoles.count <= PSD2Statement.roleLimit, "more roles than the bound")
        for name in [psd2.ncaName, psd2.ncaID] {
            try hold(!name.isEmpty && NameText.isClean(name), "an authority's name cannot be shown")
        }
        return true
    }
}
