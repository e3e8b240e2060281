import Crypto
import Encoding
import JOSE
import OpenBanking

extension Evidence {
    /// Forgets everything of the last request, so that nothing of it can leak into the next verdict.
    func forgetRequest() {
        existing = nil
        evidenceTime = nil
        evidenceLack = nil
        relaxedTo = nil
        directoryPast = nil
        requestPast = nil
        certificatePast = nil
        operation = .register
        channel = .dcr
        possession = .unproven
        contentType = nil
        reference = nil
        clientID = nil
        recordFault = nil
        requestText = nil
        statementText = nil
        reached = []
        request.clear()
        statement.clear()
        identity.clear()
        record.clear()
        directoryKeys = nil
        directoryKey = nil
        directoryStanding = nil
        softwareKeys = nil
        organisationKeys = nil
        softwareRevoked = nil
        organisationRevoked = nil
        requestKey = nil
        requestKeyRevokedAt = nil
        certificateRevokedAt = nil
        requestStanding = nil
        identityKeys = nil
        identityKey = nil
        identityStanding = nil
        identitySigned = false
        keyCertificate = nil
        isIssuerQualified = false
        receivedAt = nil
        statementSigned = false
        statementVerified = false
        requestVerified = false
        identityVerified = false
        certificateText = nil
        certificateFault = nil
        certificate = nil
        environment = nil
        roles = SoftwareRoles()
        redirects.removeAll(keepingCapacity: true)
        method = nil
        keyURLFault = nil
        subjectName = nil
    }

    /// The known roles of the statement's `software_roles`; unknown names are rule R-070's matter.
    func claimedRoles() -> SoftwareRoles {
        var roles = SoftwareRoles()
        stated(.roles)?.forEachElement { element in
            if let name = element.text, let role = SoftwareRoles.named(name) { roles.formUnion(role) }
        }
        return roles
    }
}
