import Foundation
import Testing

/// The units that are shipped, as systemd reads them.
@Suite("systemd units", .enabled(if: ShippedUnits.canBeJudged, "skipped: systemd-analyze is not installed"))
struct SystemdUnitTests {
    @Test("systemd-analyze verify has nothing to say")
    func verify() throws {
        #expect(ShippedUnits.names.count == 6)
        let place = try TemporaryFolder()
        for unit in ShippedUnits.names {
            // What they start is where the package puts it; here it is where it was built.
            let text = try TemporaryFolder.text(at: ShippedUnits.folder.appending(path: unit).path)
            try place.write(text.replacing("/usr/bin/counterfoil", with: Program.path), to: unit)
        }
        let words = ["systemd-analyze", "verify", "--man=no"] + ShippedUnits.names.map { "\(place.path)/\($0)" }
        let result = try Running(words: words, in: place).wait()
        #expect(result.code == 0 && result.errors.isEmpty && result.output.isEmpty, "\(result.output)\(result.errors)")
    }

    @Test(
        "systemd-analyze security finds no more exposure than we promise, in tenths",
        arguments: [
            ("counterfoil.service", 14), ("counterfoil-refresh.service", 14), ("counterfoil-process.service", 5),
        ]
    )
    func exposure(_ unit: String, _ limit: Int) throws {
        let place = try TemporaryFolder()
        let path = ShippedUnits.folder.appending(path: unit).path
        let words = ["systemd-analyze", "security", "--offline=yes", "--no-pager", "--threshold=\(limit)", path]
        let result = try Running(words: words, in: place).wait()
        #expect(result.code == 0, "\(result.output.split(separator: "\n").last ?? "") \(result.errors)")
    }

    @Test("what the units start is a command of the program, with flags it has", arguments: ShippedUnits.names)
    func commandLines(_ unit: String) throws {
        let text = try TemporaryFolder.text(at: ShippedUnits.folder.appending(path: unit).path)
        let place = try TemporaryFolder()
        for line in text.split(separator: "\n") where line.hasPrefix("ExecStart=") {
            var words = line.dropFirst("ExecStart=".count).split(separator: " ").map(String.init)
            #expect(words.removeFirst() == "/usr/bin/counterfoil")
            // Read to the end: what is wrong with it is the configuration, which is not there.
            let result = try Program.run(words, in: place)
            let isRead = result.errors.contains("/etc/counterfoil/counterfoil.yaml")
            #expect(result.code == 78 && isRead, "\(result.errors)")
        }
    }
}
