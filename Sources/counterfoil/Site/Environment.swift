import Glibc

/// The variables the process was started with.
enum Environment {
    /// The value of a variable; nil where it is not set.
    static subscript(_ name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        return unsafe String(cString: value)
    }
}
