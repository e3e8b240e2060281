import Operations

/// Our exit codes, not ArgumentParser's type of the same name.
typealias ExitCode = Operations.ExitCode
