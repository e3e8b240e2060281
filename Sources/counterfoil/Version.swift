/// What this program calls itself, and what built it.
enum Version {
    static let number = "0.1.0"

    /// The compiler, as far as it tells.
    static var swift: String {
        #if compiler(>=6.4)
            "6.4 or later"
        #elseif compiler(>=6.3)
            "6.3"
        #else
            "6.2"
        #endif
    }
}
