import Encoding
import Simulator
import Testing

@Suite("status of sources and of what is missing")
struct SourcesTests {
    @Test("--sources shows each source, worst first; works with nothing running")
    func sources() throws {
        let site = try Site()
        try site.fill()
        try site.folder.write("{\"keys\":[]}", to: site.softwareFile(0))
        try site.refreshAgain(after: 60)
        let time = Timestamp.rfc3339(Site.now + 60)
        let text = try site.run("status", "--sources", "--as-of", time)
        #expect(text.code == 0)
        let lines = text.output.split(separator: "\n").map(String.init)
        let head = try #require(lines.firstIndex { $0.hasPrefix("S  CLASS") })
        #expect(lines[head + 1].hasPrefix("!  software"))
        #expect(lines[head + 1].contains(site.forge.directory.software[0].id))
        #expect(lines[head + 1].contains("held.empty (hold 1)"))
        #expect(lines.count == head + 35, "34 sources, a line each")
        #expect(lines.contains { $0.hasPrefix("CRL ") })
        #expect(lines.contains { $0.contains("Issuing CA") && $0.contains("2026-11-2") })
        let json = try site.run("status", "--sources", "--json", "--as-of", time)
        let document = JSONDocument(limits: .record)
        try document.parse(ByteSlice(json.output.split(separator: "\n").first.map(String.init) ?? ""))
        #expect(document.root["sources"]?.count == 34)
        #expect(document.root["crls"]?.elements.contains { ($0["entries"]?.integer ?? 0) >= 50 } == true)
    }

    @Test("--sources says that there is no cache")
    func none() throws {
        #expect(try Site().runAsOf("status", "--sources").code == 10)
    }

    @Test("--missing is written into a file for whoever makes the next bundle")
    func export() throws {
        let site = try Site()
        let software = site.forge.directory.software[0]
        try site.folder.remove(site.softwareFile(0))
        _ = try site.refresh()
        try site.drop(stem: "waits", number: 0)
        _ = try site.runAsOf("process")
        let result = try site.runAsOf("status", "--missing", "--export", "wanted.json")
        #expect(result.code == 0)
        #expect(result.output.isEmpty)
        let text = try site.folder.text("wanted.json")
        let url = site.forge.directory.plan.baseURL + KeyStorePath.keys(software.organisation.id, software.id)
        #expect(
            text.hasPrefix(
                "{\"v\":1,\"created_at\":\"\(Site.asOf)\",\"environment\":\"sandbox\",\"wanted\":[{\"url\":\""
            )
        )
        #expect(text.contains("\"url\":\"\(url)\",\"kid\":"))
        #expect(text.hasSuffix("\"requests\":1}]}\n"))
        #expect(site.folder.names(".").filter { $0.hasSuffix(".tmp") }.isEmpty)
        let nowhere = try site.runAsOf("status", "--missing", "--export", "no/such/folder/wanted.json")
        #expect(nowhere.code == 1)
        #expect(nowhere.errors.hasPrefix("no/such/folder/wanted.json: cannot be written"))
    }

    @Test("refresh logs a source whose state changed once, however often it is tried")
    func changes() throws {
        let site = try Site()
        let first = try site.refresh()
        #expect(first.errors.isEmpty, "the first fetch of a source is no news")
        try site.folder.remove(site.softwareFile(0))
        func states(_ seconds: Int64) throws -> [String] {
            let time = Timestamp.rfc3339(Site.now + seconds)
            let result = try site.run("refresh", "--all", "--mirror", "mirror", "--as-of", time)
            return result.errors.split(separator: "\n").filter { $0.contains("\"event\":\"source.state\"") }.map {
                line in
                let words = line.split(separator: "\"")
                return ["from", "to"].compactMap { name in
                    words.firstIndex { $0 == name }.map { String(words[$0 + 2]) }
                }
                .joined(separator: " ")
            }
        }
        #expect(try states(60) == ["ok failing"])
        #expect(try states(120) == [])
        #expect(try states(180) == [])
        #expect(try states(3600) == ["failing stale"])
        #expect(try states(3660) == [])
        try site.forge.directory.publish(toMirror: "\(site.folder.path)/mirror")
        #expect(try states(3720) == ["stale ok"])
        #expect(try states(3780) == [])
    }
}
