/// One registration ready to be dropped, with what must come of it.
package struct ForgedItem: Sendable {
    /// A name that fits a file name and is echoed as `ref`.
    package let name: String
    /// The record: one line of a bulk file without its end.
    package let line: String
    /// The request's compact JWS for a `.jwt` file; nil for a manual registration.
    package let request: String?
    /// The transport certificate for the `.pem` file beside it.
    package let certificate: String?
    /// The software it is about.
    package let softwareID: String
    /// How it came, for a good one.
    package let manner: RegistrationManner
    /// What is wrong with it; nil for a good one.
    package let fault: ForgedFault?

    /// What the rules must say.
    package var expectation: ForgedExpectation { fault?.expectation ?? .good }
}
