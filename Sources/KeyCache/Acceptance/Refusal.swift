import JOSE
import PKIX

/// Why a body is not used; the last good one stays.
package struct Refusal: Error, Sendable, Equatable, CustomStringConvertible {
    /// The stable name of the reason, also kept as the source's last error.
    package let code: String
    /// The reason in one sentence, safe to print.
    package let text: String

    init(_ code: String, _ text: String) {
        self.code = code
        self.text = text
    }

    /// The body is no key set.
    init(_ fault: JWKSetFault) { self.init(fault.code, fault.description) }

    /// The body is no revocation list, or none that was signed by an authority we know.
    init(_ fault: RevocationFault) { self.init(fault.code, "the revocation list is refused: \(fault)") }

    package var description: String { text }

    static let rejectedBefore = Refusal("hold.rejected", "an operator rejected this very body")
    static let listOlder = Refusal("crl_older", "the list is older than the one in use")
    static let listOutOfDate = Refusal(
        "crl_out_of_date",
        "the list's nextUpdate is past, that of the one in use is not"
    )
    static let listFromFuture = Refusal("crl_from_future", "the list's thisUpdate is in the future")
    static let copyFromFuture = Refusal("copy_from_future", "the copy says it was fetched in the future")
    static let copyTooOld = Refusal("copy_too_old", "the copy was fetched too long ago to be used")
    static let copyOlder = Refusal("copy_older", "the copy was fetched before the one in use")
    static let nothingToConfirm = Refusal(
        "not_modified_without_body",
        "the server says unchanged, but there is no body"
    )
}
