import Glibc
import Operations

/// The users whose files are taken, by name or number.
enum Submitters {
    /// Their numbers; nil, which is everybody, for none.
    static func users(_ names: [String]) throws(Failure) -> Set<UInt32>? {
        guard !names.isEmpty else { return nil }
        var users: Set<UInt32> = []
        for name in names {
            if let number = UInt32(name) {
                users.insert(number)
            } else if let entry = unsafe getpwnam(name) {
                users.insert(unsafe entry.pointee.pw_uid)
            } else {
                let message = UserMessage(
                    "spool.owners",
                    "there is no user \"\(name)\"",
                    remedy: "correct the name, or use the number"
                )
                throw Failure(message, name: "configuration.owners", .configuration)
            }
        }
        return users
    }
}
