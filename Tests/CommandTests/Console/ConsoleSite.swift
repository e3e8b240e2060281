import Simulator

/// The place a document's commands are run in: a small installation of today, beside a simulated directory.
///
/// The folder holds `counterfoil.yaml`, `anchors/`, `sources.yaml`, the directory as a mirror in `mirror/`, and to drop
/// a good request `tpp-00312.jwt`, one with a foreign redirect URI `tpp-00313.jwt`, each with its `.pem`, and three
/// good records in `batch.ndjson`.
enum ConsoleSite {
    static func make() throws -> Site {
        let site = try Site(of: try Present.directory.get())
        try site.write(try site.make(), to: "tpp-00312")
        try site.write(try site.make(.foreignRedirect, number: 1), to: "tpp-00313")
        let records = try (2...4).map { try site.make(number: $0).line + "\n" }
        try site.folder.write(records.joined(), to: "batch.ndjson")
        return site
    }

    /// The same with its cache filled.
    static func refreshed() throws -> Site {
        let site = try make()
        let result = try site.run("refresh", "--all", "--mirror", "mirror")
        guard result.code == 0 else { throw Running.Trouble(what: "\(result.output) \(result.errors)") }
        return site
    }
}
