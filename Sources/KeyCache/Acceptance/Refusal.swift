import JOSE
import PKIX

/// Why a body is not used; the last good one stays.
package struct Refusal: Error, Sendable, Equatable, CustomStringConvertible {
    /// The stable name of the reason, also kept as the source's last error.
    package let code: String
    /// The reason in one sentence, safe to print.
    package let text: String

    /// A failure of the fetcher, by its code.
    init(fetch code: String) {
        self.code = code
        text = "nothing came"
    }

    private init(_ kind: BodyFailureKind, _ text: String) {
        code = kind.rawValue
        self.text = text
    }

    private init(_ kind: BodyFailureKind) { self.init(kind, kind.meaning) }

    /// The body is no key set.
    init(_ fault: JWKSetFault) { self.init(BodyFailureKind(fault), fault.description) }

    /// The body is no revocation list, or none that was signed by an authority we know.
    init(_ fault: RevocationFault) {
        let kind = BodyFailureKind(fault)
        self.init(kind, "the revocation list is refused: \(kind.meaning) (\(fault))")
    }

    package var description: String { text }

    static let rejectedBefore = Refusal(.rejectedBefore)
    static let listOlder = Refusal(.listOlder)
    static let listOutOfDate = Refusal(.listOutOfDate)
    static let listFromFuture = Refusal(.listFromFuture)
    static let copyFromFuture = Refusal(.copyFromFuture, "the copy says it was fetched in the future")
    static let copyTooOld = Refusal(.copyTooOld, "the copy was fetched too long ago to be used")
    static let copyOlder = Refusal(.copyOlder, "the copy was fetched before the one in use")
    static let nothingToConfirm = Refusal(.nothingToConfirm, "the server says unchanged, but there is no body")
}
