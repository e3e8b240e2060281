import Encoding

/// What the bank fills in for a manual registration, which carries no request of its own (rule R-154).
package struct ManualTemplate: Sendable, Equatable {
    package var authenticationMethod = "private_key_jwt"
    package var grantTypes = ["client_credentials", "authorization_code", "refresh_token"]
    package var responseTypes = ["code id_token"]
    package var applicationType = "web"
    package var algorithm = "PS256"

    package init() {}
}
