package import Encoding

/// Which Open Banking directory issued a software statement, and so which credentials may be given for it (rule ).
package enum DirectoryEnvironment: String, Sendable, CaseIterable {
    case production, sandbox

    /// Returns the environment a `software_environment` claim names, whatever its letter case, or nil.
    package init?(_ claim: ByteSlice) {
        if claim.equalsIgnoringASCIICase("production") {
            self = .production
        } else if claim.equalsIgnoringASCIICase("sandbox") {
            self = .sandbox
        } else {
            return nil
        }
    }
}
