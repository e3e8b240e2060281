/// Whether a key may vouch for a signature in a migration batch.
package enum MigrationVerdict: Sendable, Equatable {
    /// Why an accepted signature deserves a word in the result.
    package enum Flag: String, Sendable, CaseIterable {
        /// The key was revoked later, for a reason that leaves earlier signatures untouched.
        case revokedLater = "key_revoked_later"
        /// The evidence is of a time when the key had left its set.
        case evidenceAfterLife = "evidence_after_key_life"
    }

    /// Why a signature is refused for good.
    package enum Refusal: String, Sendable, CaseIterable {
        case signedInFuture = "signed_in_future"
        /// The key came into its set later than the signature claims to be.
        case signedBeforeLife = "signed_before_key_life"
        /// The key had left its set, or its certificate had ended.
        case signedAfterLife = "signed_after_key_life"
        /// The key was not in its set just then, though before and after.
        case signedBetweenLives = "signed_between_key_lives"
        /// Nothing but the signer's word says when it was signed.
        case noEvidence = "no_evidence_time"
        case evidenceInFuture = "evidence_in_future"
        /// The evidence is older than what the operator allows.
        case evidenceTooOld = "evidence_too_old"
        /// The evidence is of a time outside of the certificate's.
        case evidenceOutsideCertificate = "evidence_outside_certificate"
        /// Revoked for a reason that spares nothing, or for none that is known.
        case revoked = "key_revoked"
        /// Revoked harmlessly, but the evidence is not from before.
        case evidenceAfterRevocation = "evidence_after_revocation"
    }

    /// Why nothing can be said yet.
    package enum Wait: String, Sendable, CaseIterable {
        /// The key came in a set that waits for an operator.
        case pending = "key_pending"
        /// The key condemned itself by its own publication, and waits for a better set.
        case quarantined = "key_quarantined"
        /// What is known of the source is too old.
        case keysUnusable = "keys_unusable"
    }

    case accepted
    case acceptedWithFlag(Flag)
    case refused(Refusal)
    /// To be asked again after the next refresh.
    case parked(Wait)
    /// The key's beginning is not known: imported history would tell.
    case unknown
}
