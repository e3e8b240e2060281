import Encoding
import Foundation
import Testing

/// What the package says it is made of.
@Suite("Bill of materials")
struct MaterialsTests {
    private static let canBeMade =
        FileManager.default.isExecutableFile(atPath: "/usr/bin/dpkg-query")
        && FileManager.default.isExecutableFile(atPath: "/usr/bin/objdump")

    @Test("names the program by its digest, each Swift package by its pin, each library by its Debian package")
    func materials() throws {
        guard Self.canBeMade else {
            print("skipped: dpkg-query or objdump (package binutils) is not installed")
            return
        }
        let place = try TemporaryFolder()
        let words = ["\(Package.folder)/etc/packaging/sbom", Program.path, "1.2.3"]
        let made = try Running(words: words, in: place, ["SOURCE_DATE_EPOCH": "0"]).wait()
        #expect(made.code == 0 && made.errors.isEmpty, "\(made.errors)")
        let document = JSONDocument(limits: .result)
        try document.parse(ByteSlice(made.output))
        #expect(document.root["bomFormat"]?.text?.string == "CycloneDX")
        let subject = try #require(document.root["metadata"]?["component"])
        #expect(document.root["metadata"]?["timestamp"]?.text?.string == "1970-01-01T00:00:00Z")
        #expect(subject["version"]?.text?.string == "1.2.3")
        let digest = try Running(words: ["sha256sum", Program.path], in: place).wait().output.prefix(64)
        #expect(made.output.contains("{\"alg\": \"SHA-256\", \"content\": \"\(digest)\"}"))
        let components = Array(try #require(document.root["components"]).elements)
        let names = components.compactMap { $0["name"]?.text?.string }
        let manifest = try ConsoleDocument.text("Package.swift")
        let pinned = manifest.matches(of: #/url: "https:\/\/[^"]*\/([^"\/]+)"/#).map { String($0.1) }
        #expect(pinned.count == 4 && Set(names).isSuperset(of: pinned), "\(names)")
        #expect(Set(names).isSuperset(of: ["swift", "libcurl4", "libssl3", "libsqlite3-0", "libc6"]), "\(names)")
        for component in components {
            #expect(component["version"]?.text?.string.isEmpty == false)
            let place = try #require(component["purl"]?.text?.string)
            #expect(place.wholeMatch(of: #/pkg:(deb|swift|generic)\/[^ +]+@[^ +]+/#) != nil, "\(place)")
        }
        let needed = try #require(document.root["dependencies"]?.elements.first { _ in true }?["dependsOn"])
        #expect(needed.elements.compactMap { $0.text?.string } == components.compactMap { $0["bom-ref"]?.text?.string })
    }
}
