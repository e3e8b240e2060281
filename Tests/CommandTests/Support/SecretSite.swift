import Encoding
import Foundation
import Simulator
import Testing

/// A site whose bank offers secrets, with an input of each kind that gets one.
struct SecretSite {
    static let policy = """
        {certificate_profiles: {legacy: allow}, fapi: false, \
        auth_methods: [client_secret_basic, client_secret_post, private_key_jwt]}
        """

    let site: Site

    init(_ site: Site) { self.site = site }

    init(_ changes: [String: String] = [:]) throws {
        site = try Site(["policy": Self.policy].merging(changes) { _, new in new })
    }

    /// A site that has answered an input of each kind; a line of the batch waits.
    static func processed() throws -> Site {
        let secret = try SecretSite()
        _ = try secret.site.refresh()
        try secret.drop()
        #expect(try secret.site.runAsOf("process").code == 2)
        return secret.site
    }

    /// A record that asks for a secret.
    func line(number: Int, _ method: String = "client_secret_basic") throws -> String {
        let software = site.forge.directory.software
        var draft = site.forge.request(for: software[number % software.count], number: number)
        draft.claims["token_endpoint_auth_method"] = .text(method)
        draft.claims["token_endpoint_auth_signing_alg"] = nil
        return try draft.line()
    }

    /// Submits a request, a record and a batch with three lines, one of which must be refused and one of which waits.
    func drop() throws {
        let software = site.forge.directory.software
        var single = site.forge.request(for: software[3], number: 1)
        single.claims["token_endpoint_auth_method"] = "client_secret_post"
        single.claims["token_endpoint_auth_signing_alg"] = nil
        try site.folder.write(try single.compact(), to: "drop/single.jwt")
        try site.folder.write(try #require(single.certificate), to: "drop/single.pem")
        try site.folder.write(try line(number: 2), to: "drop/record.json")
        let refused = try site.make(.foreignRedirect, number: 3).line
        let waiting = try site.make(.unpublishedSoftwareKey, number: 4).line
        let batch = [try line(number: 5), refused, waiting].joined(separator: "\n") + "\n"
        try site.folder.write(batch, to: "drop/batch.ndjson")
        let dropped = try site.run("submit", "drop/single.jwt", "drop/record.json", "drop/batch.ndjson")
        #expect(dropped.code == 0, "\(dropped.errors)")
    }

    /// The results, each a line, of all files with results.
    func lines() throws -> [String] {
        try site.folder.results().filter { !CrashInvariants.isAboutBatch($0) }
            .flatMap { try site.folder.text($0).split(separator: "\n").map(String.init) }
    }

    /// Every secret in some text.
    static func secrets(in text: String) -> [String] {
        text.matches(of: /"client_secret":"([^"]+)"/).map { String($0.1) }
    }

    /// The files below a folder whose bytes hold one of the texts.
    static func files(below folder: String, holding texts: [String]) throws -> [String] {
        try files(below: folder, holding: texts.map { Data($0.utf8) })
    }

    /// The same for bytes that may be no text.
    static func files(below folder: String, holding needles: [Data]) throws -> [String] {
        var found: [String] = []
        let all = try #require(FileManager.default.enumerator(atPath: folder))
        for case let name as String in all {
            let path = "\(folder)/\(name)"
            guard let data = FileManager.default.contents(atPath: path), !data.isEmpty else { continue }
            if needles.contains(where: { data.range(of: $0) != nil }) { found.append(name) }
        }
        return found.sorted()
    }
}
