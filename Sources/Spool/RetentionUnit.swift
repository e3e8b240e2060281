package import Encoding

/// What goes as one: an archived group, a result with its mark, a file set aside with its companion and its reason.
package struct RetentionUnit: Sendable {
    /// The path under the spool of what names it.
    package let path: String
    /// What its age counts from.
    package let since: UnixTime
    /// How much it is; of an archived group, what was found when it was counted.
    package internal(set) var amount = RetentionAmount()
    /// False for a result that nobody took, also where it was kept apart.
    var isConsumed = true
    /// The names in its folder in the order they go, or the one name of a folder with all that is in it.
    var names: [String]
    /// The names of its consumers' marks.
    var marks: [String] = []
    var isFolder = false

    init(path: String, since: UnixTime, names: [String]) {
        self.path = path
        self.since = since
        self.names = names
    }
}
