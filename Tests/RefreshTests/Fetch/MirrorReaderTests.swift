import Glibc
import Testing

@testable import Fetch

@Suite("A mirror tree")
struct MirrorReaderTests {
    struct Row: CustomTestStringConvertible, Sendable {
        var name: String
        var url: String
        var outcome: String
        var testDescription: String { name }
    }

    static let rows = [
        Row(name: "a file", url: "https://keystore.test/org/soft.jwks", outcome: "keys"),
        Row(name: "a file of exactly the limit", url: "https://keystore.test/full", outcome: "0123456789"),
        Row(name: "a folder named with its port", url: "https://keystore.test:8443/a", outcome: "other port"),
        Row(name: "a CRL over http", url: "http://keystore.test/crl", outcome: "not_allowed_scheme"),
        Row(name: "no such file", url: "https://keystore.test/org/none.jwks", outcome: "mirror_missing"),
        Row(name: "no such folder", url: "https://keystore.test/none/soft.jwks", outcome: "mirror_missing"),
        Row(name: "a file where a folder should be", url: "https://keystore.test/full/x", outcome: "mirror_missing"),
        Row(name: "host not listed", url: "https://evil.test/a", outcome: "not_allowed_host"),
        Row(name: "parent segment", url: "https://keystore.test/../evil.test/a", outcome: "url"),
        Row(name: "encoded parent segment", url: "https://keystore.test/%2e%2e/evil.test/a", outcome: "url"),
        Row(name: "no file named", url: "https://keystore.test/", outcome: "url"),
        Row(name: "empty segment", url: "https://keystore.test/org//soft.jwks", outcome: "url"),
        Row(name: "a query", url: "https://keystore.test/org/soft.jwks?x", outcome: "url"),
        Row(name: "a folder", url: "https://keystore.test/org", outcome: "mirror_not_regular"),
        Row(name: "a FIFO", url: "https://keystore.test/fifo", outcome: "mirror_not_regular"),
        Row(name: "one byte over the limit", url: "https://keystore.test/over", outcome: "too_large"),
        Row(name: "a link out of the tree", url: "https://keystore.test/passwd", outcome: "mirror_symlink"),
        Row(name: "a link inside the tree", url: "https://keystore.test/inside", outcome: "mirror_symlink"),
        Row(name: "a folder that is a link", url: "https://keystore.test/up/secret", outcome: "mirror_symlink"),
        Row(name: "a dangling link", url: "https://keystore.test/dangling", outcome: "mirror_symlink"),
    ]

    @Test("answers", arguments: rows)
    func answers(_ row: Row) throws {
        let folder = try TemporaryFolder()
        try folder.write("tree/keystore.test/org/soft.jwks", "keys")
        try folder.write("tree/keystore.test/full", "0123456789")
        try folder.write("tree/keystore.test/over", "0123456789A")
        try folder.write("tree/keystore.test:8443/a", "other port")
        try folder.write("tree/evil.test/a", "evil")
        try folder.write("secret", "secret")
        try folder.link("tree/keystore.test/passwd", to: "/etc/passwd")
        try folder.link("tree/keystore.test/inside", to: "full")
        try folder.link("tree/keystore.test/up", to: "../..")
        try folder.link("tree/keystore.test/dangling", to: "nowhere")
        try #require(mkfifo("\(folder.path)/tree/keystore.test/fifo", 0o600) == 0)

        let rule = HostRule(name: "keystore.test", ports: [443, 8443])
        let settings = FetchSettings(hosts: [rule], keySetByteLimit: 10)
        let mirror = MirrorReader(root: "\(folder.path)/tree", settings: settings)
        let outcome: String
        do throws(FetchFailure) {
            let response = try mirror.read(FetchRequest(url: row.url, class: .keySet))
            guard case .copy(let bytes, fetchedAt: nil) = response else {
                Issue.record("a mirror that says no time has none")
                return
            }
            #expect(response.headers == FetchHeaders())
            outcome = String(decoding: bytes, as: UTF8.self)
        } catch {
            outcome = error.code
        }
        #expect(outcome == row.outcome)
    }

    @Test("may itself be reached through a link")
    func rootLink() throws {
        let folder = try TemporaryFolder()
        try folder.write("v5/keystore.test/a", "keys")
        try folder.link("current", to: "v5")
        let settings = FetchSettings(hosts: [HostRule(name: "keystore.test")])
        let mirror = MirrorReader(root: "\(folder.path)/current", settings: settings)
        let response = try mirror.read(FetchRequest(url: "https://keystore.test/a", class: .keySet))
        #expect(response == .copy(Array("keys".utf8), fetchedAt: nil))
    }

    @Test("that is not there is a fault of the tree, not of the source")
    func noTree() {
        let settings = FetchSettings(hosts: [HostRule(name: "keystore.test")])
        let mirror = MirrorReader(root: "/nonexistent-\(getpid())", settings: settings)
        #expect(throws: FetchFailure.mirrorRead("/nonexistent-\(getpid())", errno: ENOENT)) {
            try mirror.read(FetchRequest(url: "https://keystore.test/a", class: .keySet))
        }
    }

    @Test("stops when asked")
    func stops() {
        let mirror = MirrorReader(root: "/", settings: FetchSettings())
        var codes: [String] = []
        mirror.fetch([FetchRequest(url: "https://a.test/", class: .keySet)], shouldStop: { true }) {
            if case .failure(let failure) = $0.outcome { codes.append(failure.code) }
        }
        #expect(codes == ["stopped"])
    }
}
