import Encoding
import OpenBanking

/// The competent authority claims of a statement: an object, or an array of objects in older ones.
enum AuthorityClaims {
    /// Calls `body` with each authority; with none where the claim is missing or has another form.
    static func forEach(_ evidence: Evidence, _ body: (JSONValue) -> Void) {
        guard let value = evidence.stated(.authorityClaims) else { return }
        if value.kind == .object { return body(value) }
        guard value.kind == .array else { return }
        value.forEachElement { if $0.kind == .object { body($0) } }
    }
}
