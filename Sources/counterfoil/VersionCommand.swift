import ArgumentParser
import Crypto
import Encoding
import Fetch
import Ledger

/// What this program is made of.
struct VersionCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "version",
        abstract: "Show the versions of the program and of the libraries it runs with."
    )

    @OptionGroup var output: OutputOptions

    var isForProgram: Bool { output.json }

    mutating func perform() throws(Failure) -> ExitStatus {
        let parts = [
            ("counterfoil", Version.number), ("swift", Version.swift), ("openssl", CryptoLibrary.version),
            ("libcurl", CurlLibrary.version), ("sqlite", try sqlite()),
        ]
        guard output.json else {
            StandardOutput.write(parts.map { "\($0) \($1)\n" }.joined())
            return .done
        }
        let buffer = ByteBuffer()
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("v", 1)
        for (name, version) in parts {
            json.name(name)
            json.string(version)
        }
        json.endObject()
        StandardOutput.line(buffer)
        return .done
    }

    private func sqlite() throws(Failure) -> String {
        do throws(LedgerError) {
            return try LedgerLibrary.version()
        } catch {
            throw Failure(error)
        }
    }
}
