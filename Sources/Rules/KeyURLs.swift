import Encoding
import JOSE
import OpenBanking

/// The key store URLs a statement may name: https, an allowed host, nothing but the directory's own path (rule R-072).
///
/// The shape is a guard against server-side request forgery: a URL that differs from it in a byte is neither fetched nor looked up.
enum KeyURLs {
    /// Returns what is wrong with the first wrong URL of the statement, or nil.
    static func fault(_ evidence: Evidence) -> Fault? {
        guard let software = evidence.statedText(.softwareID),
            let organisation = evidence.statedText(.organisationID)
        else {
            // Rule R-061's to say; where the bank softened that, nothing tells whose key sets the URLs may name.
            guard evidence.policy.overrides[.statementClaims] != nil else { return nil }
            return Fault("the software statement does not say whose key sets its URLs may name")
        }
        guard Words.isHyphenated(software, maximum: 64), Words.isHyphenated(organisation, maximum: 64) else {
            return Fault("software_id or org_id is nothing that a key store's path is made of")
        }
        return fault(.softwareKeys, organisation, software, revoked: false, evidence)
            ?? fault(.softwareRevokedKeys, organisation, software, revoked: true, evidence)
            ?? fault(.organisationKeys, organisation, organisation, revoked: false, evidence)
            ?? fault(.organisationRevokedKeys, organisation, organisation, revoked: true, evidence)
    }

    private static func fault(
        _ claim: StatementClaim,
        _ organisation: ByteSlice,
        _ file: ByteSlice,
        revoked: Bool,
        _ evidence: Evidence
    ) -> Fault? {
        guard let url = evidence.statedText(claim),
            let why = fault(url, organisation: organisation, file: file, revoked: revoked, evidence.policy)
        else { return nil }
        return Fault("\(claim.rawValue) \(why)", url)
    }

    private static func fault(
        _ url: ByteSlice,
        organisation: ByteSlice,
        file: ByteSlice,
        revoked: Bool,
        _ policy: Policy
    ) -> String? {
        guard url.hasPrefix("https://") else { return "is not an https URL" }
        guard let slash = url.firstIndex(of: UInt8(ascii: "/"), from: 8) else { return "has no path" }
        let host = url[8..<slash]
        guard policy.keystoreHosts.contains(where: { host.equals($0) }) else {
            return "names a host that is not on the list of key stores"
        }
        var path = PathScanner(url, at: slash + 1)
        guard path.take(organisation), path.take("/"), !revoked || path.take("revoked/"), path.take(file),
            path.take(".jwks"), path.isAtEnd
        else { return "is not \(revoked ? "/{org_id}/revoked/" : "/{org_id}/"){id}.jwks on its host" }
        return nil
    }
}

/// Passes over expected pieces of a URL's path.
private struct PathScanner {
    private let url: ByteSlice
    private var position: Int

    init(_ url: ByteSlice, at position: Int) { (self.url, self.position) = (url, position) }

    var isAtEnd: Bool { position == url.count }

    mutating func take(_ piece: ByteSlice) -> Bool {
        guard url.holds(piece, at: position) else { return false }
        position += piece.count
        return true
    }

    mutating func take(_ piece: StaticString) -> Bool {
        guard url.holds(piece, at: position) else { return false }
        position += piece.utf8CodeUnitCount
        return true
    }
}
