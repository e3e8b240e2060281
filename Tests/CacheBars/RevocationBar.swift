import Foundation
import Simulator

/// B5: a key is revoked while the real program runs; how long until a job by it is rejected.
enum RevocationBar {
    private static let interval = 10.0

    static func measure() throws -> [BarLine] { [try daemon(), try besideDaemon(), try command()] }

    /// The daemon finds out by itself.
    private static func daemon() throws -> BarLine {
        let server = try SimulatedServer()
        let names = ["directory", "organisation", "software", "revoked", "crl"]
        let classes = names.map { "    \($0): {every: \(Int(interval))s}" }.joined(separator: "\n")
        let place = try Place(server: server, settings: "  classes:\n\(classes)")
        defer { server.stop() }
        let software = place.directory.software[0]
        let items = try (0..<200).map { try place.forge.item(of: software, number: $0) }
        let daemon = try place.start("run")
        defer { daemon.signal(SIGKILL) }
        try wait(30, "the daemon is not ready: \(daemon.errors)") { daemon.errors.contains("service.ready") }
        try place.drop(items[0], "first")
        try wait(10, "the first is not accepted: \(daemon.errors)") { count(place, ".accepted.json") == 1 }
        let began = Meter.wall
        try place.directory.revokeSoftwareKey(software.id)
        var number = 1
        while count(place, ".rejected.json") == 0, Meter.wall - began < 60, number < items.count {
            try place.drop(items[number], "job\(number)")
            number += 1
            usleep(250_000)
        }
        let delay = Meter.wall - began
        daemon.signal(SIGTERM)
        _ = try daemon.wait()
        return BarLine(
            "B5",
            "revoked to first rejecting job <= interval + 5 s, daemon",
            "\(delay.text(1)) s with an interval of \(Int(interval)) s, \(number) jobs meanwhile",
            delay <= interval + 5 && count(place, ".rejected.json") > 0
        )
    }

    /// An operator does not wait for it: `refresh --all` beside a daemon that would not look for a quarter of an hour.
    private static func besideDaemon() throws -> BarLine {
        let server = try SimulatedServer()
        let place = try Place(server: server)
        defer { server.stop() }
        let software = place.directory.software[0]
        let items = try (0..<200).map { try place.forge.item(of: software, number: $0) }
        let sources = try filled(place)
        let daemon = try place.start("run")
        defer { daemon.signal(SIGKILL) }
        try wait(30, "the daemon is not ready: \(daemon.errors)") { daemon.errors.contains("service.ready") }
        try place.drop(items[0], "first")
        try wait(10, "the first is not accepted: \(daemon.errors)") { count(place, ".accepted.json") == 1 }
        // The rate of starts is the command's own; a second without any is nobody's burst.
        usleep(1_000_000)
        try place.directory.revokeSoftwareKey(software.id)
        let began = Meter.wall
        let refresh = try place.start("refresh", "--all")
        var number = 1
        while count(place, ".rejected.json") == 0, Meter.wall - began < 60, number < items.count {
            try place.drop(items[number], "job\(number)")
            number += 1
            usleep(100_000)
        }
        let delay = Meter.wall - began
        let whole = try refresh.wait()
        daemon.signal(SIGTERM)
        _ = try daemon.wait()
        return BarLine(
            "B5",
            "<= 2 s from the start of `refresh --all` beside the daemon",
            "\(delay.text(2)) s, \(number) jobs meanwhile; all \(sources) sources of the host took \(whole.wall.text(2)) s",
            delay <= 2 && count(place, ".rejected.json") > 0
        )
    }

    /// The same without a daemon: what is judged once the command is back.
    private static func command() throws -> BarLine {
        let server = try SimulatedServer()
        let place = try Place(server: server)
        defer { server.stop() }
        let software = place.directory.software[0]
        let items = try (0..<2).map { try place.forge.item(of: software, number: $0) }
        _ = try filled(place)
        try place.drop(items[0], "first")
        try place.run("process")
        guard count(place, ".accepted.json") == 1 else { throw Trouble("a good job was not accepted") }
        try place.directory.revokeSoftwareKey(software.id)
        try place.drop(items[1], "second")
        let refresh = try place.run("refresh", "--all")
        let began = Meter.wall
        let process = try place.run("process")
        let delay = Meter.wall - began
        return BarLine(
            "B5",
            "<= 2 s after `refresh --all` came back, by `process`",
            "\(delay.text(2)) s, the command before it \(refresh.wall.text(2)) s, "
                + "\((refresh.processor + process.processor).text(2)) s of processor time",
            delay <= 2 && count(place, ".rejected.json") == 1
        )
    }

    /// Fills the cache of a place; how many sources it has.
    private static func filled(_ place: Place) throws -> Int {
        let first = try place.run("refresh", "--all")
        guard first.code == 0 else { throw Trouble("refresh ended with \(first.code): \(first.output)\(first.errors)") }
        return try place.store().allSources().count
    }

    private static func count(_ place: Place, _ end: String) -> Int {
        let results = "\(place.folder)/spool/results"
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: results)) ?? []
        return names.count { $0.hasSuffix(end) }
    }

    private static func wait(_ seconds: Double, _ otherwise: @autoclosure () -> String, _ condition: () -> Bool) throws
    {
        let end = Meter.wall + seconds
        while !condition() {
            guard Meter.wall < end else { throw Trouble(otherwise()) }
            usleep(20_000)
        }
    }
}
