package import Encoding

/// The last signed bundle that was imported, as the status screen shows it.
package struct BundleFacts: Equatable, Sendable {
    /// The name of its repository, and its number.
    package var repository: String
    package var version: Int64
    /// When it was made.
    package var created: UnixTime
    /// Half of its life, from when on its age is a warning.
    package var freshUntil: UnixTime
    /// Its end, or what an operator decided; then what it brought is used no more.
    package var usableUntil: UnixTime
    /// Why it counts beyond its own expiry; nil where nobody said so.
    package var extendedWhy: String?
    /// Whether the directory's key set came with it.
    package var bringsDirectory: Bool

    /// Its facts.
    package init(
        repository: String,
        version: Int64,
        created: UnixTime,
        freshUntil: UnixTime,
        usableUntil: UnixTime,
        extendedWhy: String? = nil,
        bringsDirectory: Bool
    ) {
        self.repository = repository
        self.version = version
        self.created = created
        self.freshUntil = freshUntil
        self.usableUntil = usableUntil
        self.extendedWhy = extendedWhy
        self.bringsDirectory = bringsDirectory
    }

    /// Its name on the screen.
    package var name: String { "\(Printable.text(repository, limit: 64)) v\(version)" }

    /// How it stands at a time: a warning from half of its life on and while it is extended, critical at its end.
    ///
    /// Only where something in use depends on it.
    package func health(at now: UnixTime) -> Health {
        guard bringsDirectory else { return .ok }
        if now >= usableUntil { return .critical }
        return now >= freshUntil || extendedWhy != nil ? .warning : .ok
    }

    /// What is said of it where it is not well.
    func sentence(at now: UnixTime) -> String {
        let end = Timestamp.day(usableUntil)
        if now >= usableUntil { return "The bundle \(name) ended on \(end); new work waits." }
        if let extendedWhy {
            return "The bundle \(name) counts beyond its expiry, to \(end): \(Printable.text(extendedWhy, limit: 200))."
        }
        return "The bundle \(name) is past half of its life and ends on \(end)."
    }
}
