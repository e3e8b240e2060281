import Crypto
import Encoding
import Foundation
import Simulator

/// Two installations of one directory: the low one has its keys, the high one gets them by bundles only.
final class GapSites: Sendable {
    let low: Site
    let high: Site
    /// The SHA-256 of the first root.
    let pin: String

    /// Makes keys, a root with two of three signatures, and a filled cache on the low side, all with the program.
    convenience init() throws { try self.init(of: try Site.directory.get(), asOf: Site.asOf) }

    /// The same of another directory, at its time.
    init(of directory: SimulatedDirectory, asOf: String, _ changes: [String: String] = [:]) throws {
        let bundle = ["bundle": "{roots: roots, key: exporter.pem}"].merging(changes) { _, new in new }
        low = try Site(of: directory, bundle)
        high = try Site(of: directory, bundle)
        try high.folder.remove("mirror")
        for name in ["holder1", "holder2", "holder3", "exporter"] {
            let key = try SigningKey.generate(name == "holder2" ? .ecdsaP256 : .ed25519)
            try low.folder.write(key.pkcs8PEM ?? "", to: "\(name).pem")
            try low.folder.write(key.publicKey.pem, to: "\(name).pub.pem")
        }
        try low.folder.write("", to: "roots/.keep")
        let made = try low.run(
            "bundle",
            "init-root",
            "--name",
            "example",
            "--root-key",
            "holder1.pub.pem",
            "--root-key",
            "holder2.pub.pem",
            "--root-key",
            "holder3.pub.pem",
            "--exporter-key",
            "exporter.pub.pem",
            "--out",
            "roots/1.root.json",
            "--as-of",
            asOf
        )
        try Self.expect(made, 0)
        try Self.expect(low.run("bundle", "sign-root", "roots/1.root.json", "--key", "holder1.pem"), 0)
        try Self.expect(low.run("bundle", "sign-root", "roots/1.root.json", "--key", "holder2.pem"), 0)
        pin = SHA256Digest.of(try low.folder.bytes("roots/1.root.json")).hex
        try Self.expect(low.run("refresh", "--all", "--mirror", "mirror", "--as-of", asOf), 0)
    }

    /// Makes a bundle at a time and carries it over; its path on the high side.
    func carry(_ name: String, asOf: String = Site.asOf, to place: String? = nil) throws -> String {
        try Self.expect(low.run("bundle", "export", "--out", name, "--as-of", asOf), 0)
        let place = place ?? name
        let to = URL(fileURLWithPath: "\(high.folder.path)/\(place)")
        try FileManager.default.createDirectory(at: to.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(low.folder.bytes(name)).write(to: to)
        return place
    }

    static func expect(_ result: Program.Result, _ code: Int32) throws {
        guard result.code != code else { return }
        throw Running.Trouble(what: "ended with \(result.code): \(result.output)\(result.errors)")
    }
}
