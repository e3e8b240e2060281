import OpenBanking
import Rules
import Simulator

/// A bank that offers methods with a client secret, and requests that ask for them.
enum Secrets {
    static let methods = ["client_secret_basic", "client_secret_post"]

    static func offer(_ policy: inout Policy) {
        policy.isFAPI = false
        policy.authenticationMethods = AuthenticationMethod.allCases
    }

    static func ask(_ draft: inout RequestDraft, for method: String) {
        draft.claims["token_endpoint_auth_method"] = .text(method)
        draft.claims["token_endpoint_auth_signing_alg"] = nil
    }
}
