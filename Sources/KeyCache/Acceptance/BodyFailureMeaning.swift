extension BodyFailureKind {
    /// What happened, in a few words.
    package var meaning: String {
        switch self {
        case .setTooLarge: "the key set has more bytes than allowed"
        case .setNotUTF8: "the key set is not in UTF-8"
        case .setNotJSON: "the key set is not JSON as RFC 8259 has it, without members twice"
        case .setNotObject: "the key set is not a JSON object"
        case .setWithoutKeys: "the object has no array named keys"
        case .setOfTooManyKeys: "the set has more keys than allowed"
        case .heldEmpty: "all keys vanished at once; the body waits for an operator"
        case .heldReplacement: "all keys were replaced at once; what goes waits, of the directory all of it"
        case .heldRebound: "a kid of the directory names another key; the body waits for an operator"
        case .heldFleet: "too many sets of its host lost their keys at once; what goes waits"
        case .rejectedBefore: "an operator rejected this very body"
        case .listTooLarge: "the revocation list has more bytes than allowed"
        case .listMalformed: "the body is no revocation list in DER"
        case .listVersion: "a list of version 1, which has no number"
        case .listAlgorithmMismatch: "the list states one signature algorithm inside and another outside"
        case .listNextUpdateMissing: "the list does not say when the next one comes"
        case .listValidityReversed: "the list's nextUpdate is before its thisUpdate"
        case .listNumberMissing: "the list has no number"
        case .listNumberInvalid: "the list's number cannot be one"
        case .listDuplicateExtension: "the list has an extension twice"
        case .listDelta: "a delta list; only complete ones are taken"
        case .listIndirect: "a list that speaks for other issuers"
        case .listPartial: "a list of some reasons, or of other certificates only"
        case .listUnknownCritical: "the list has a critical extension nobody here understands"
        case .listUnknownCriticalEntry: "an entry of the list has a critical extension nobody here understands"
        case .listMalformedExtension: "an extension of the list cannot be read"
        case .listNotIssuer: "no configured authority has the name the list gives"
        case .listIssuerMayNotSign: "the list's authority may not sign lists"
        case .listWeakSignature: "the list is signed with an algorithm that is too weak"
        case .listIssuerKey: "the key of the list's authority cannot be used"
        case .listSignature: "the list's signature does not verify"
        case .listOlder: "the list is older than the one in use"
        case .listOutOfDate: "the list's nextUpdate is past, that of the one in use is not"
        case .listFromFuture: "the list's thisUpdate is in the future"
        case .nothingToConfirm: "304, but the body is gone"
        case .copyTooOld: "the mirror's copy is older than it may be used"
        case .copyOlder: "the mirror's copy is older than the one in use"
        case .copyFromFuture: "the mirror's time is in the future"
        }
    }

    /// What an operator does about it.
    package var remedy: String {
        switch self {
        case .setTooLarge: "Look at the body by hand; raise refresh.max_body only for a true one."
        case .listTooLarge: "Look at the body by hand; raise refresh.max_crl only for a true one."
        case .heldEmpty, .heldReplacement, .heldRebound, .heldFleet:
            "Compare with the publisher, then: counterfoil keys hold list"
        case .rejectedBefore: "Nothing, or wait for the publisher's next one."
        case .listNotIssuer: "Compare the list's issuer with trust.anchors; its authority may be missing there."
        case .listOlder: "Look for a cache between; a newer list mends it."
        case .listFromFuture: "Check this machine's clock."
        case .nothingToConfirm: "Nothing; the body is asked for at once."
        case .copyTooOld: "Bring a newer mirror, and check its .fetched_at and this machine's clock."
        case .copyOlder: "Nothing, or bring a newer mirror."
        case .copyFromFuture: "Check the mirror's .fetched_at and this machine's clock."
        default: "Look at the body by hand; whoever publishes it has to mend it."
        }
    }
}
