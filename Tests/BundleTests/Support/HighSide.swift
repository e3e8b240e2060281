import Crypto
import Encoding
import Foundation
import JOSE
import KeyCache

@testable import Bundle

/// The side without a network: a cache that bundles are imported into.
final class HighSide {
    let folder: TemporaryFolder
    let store: KeyStore
    var pin: SHA256Digest? = Holders.pin
    var directories: Set<String> = [World.directory]
    private var count = 0

    init() throws {
        folder = try TemporaryFolder()
        store = try KeyStore.open(path: folder.path("high.sqlite"))
    }

    /// Imports a file's bytes.
    @discardableResult
    func take(
        _ bytes: [UInt8],
        at time: UnixTime = World.start + 10,
        override: ImportRequest.Override? = nil,
        rehearsal: Bool = false,
        environment: String = "production"
    ) throws -> ImportReport {
        count += 1
        let name = "incoming-\(count).tar"
        try folder.write(bytes, to: name)
        let request = ImportRequest(
            environment: environment,
            directories: directories,
            pin: pin,
            override: override,
            isRehearsal: rehearsal,
            time: time
        )
        return try BundleImport(store, anchors: World.anchors, request).run(folder.path(name))
    }

    /// Imports a file where it lies.
    @discardableResult
    func take(file path: String) throws -> ImportReport {
        let request = ImportRequest(
            environment: "production",
            directories: directories,
            pin: pin,
            time: World.start + 10
        )
        return try BundleImport(store, anchors: World.anchors, request).run(path)
    }

    /// The fault a file is refused with; nil where it is taken.
    func fault(
        _ bytes: [UInt8],
        at time: UnixTime = World.start + 10,
        environment: String = "production"
    ) throws -> BundleFault.Kind? {
        do throws(DeskFault<BundleFault>) {
            try taking(bytes, at: time, environment: environment)
            return nil
        } catch {
            switch error {
            case .stopped(let fault): return fault.kind
            case .store(let error): throw error
            }
        }
    }

    private func taking(_ bytes: [UInt8], at time: UnixTime, environment: String) throws(DeskFault<BundleFault>) {
        do {
            try take(bytes, at: time, environment: environment)
        } catch let error as DeskFault<BundleFault> {
            throw error
        } catch {
            throw .store(.io("\(error)"))
        }
    }

    /// The digest of the database's files as they are on disk.
    func digest() throws -> SHA256Digest {
        let files = ["high.sqlite", "high.sqlite-wal"].map { folder.url.appendingPathComponent($0) }
        let bytes = files.map { (try? Data(contentsOf: $0)).map { [UInt8]($0) } ?? [] }
        return SHA256Digest.of(bytes[0] + bytes[1])
    }

    /// The kids a source has in a snapshot, usable at a time.
    func kids(_ url: String, at time: UnixTime = World.start + 20) throws -> String {
        let snapshot = try Snapshot.load(store, anchors: World.anchors, at: time)
        guard let set = snapshot.keySet(url), set.usableUntil > time else { return "" }
        return set.keys.filter { key in
            snapshot.standing(of: key, in: set, signedAt: time, now: time) == .usable
        }
        .compactMap(\.kid).map { String(decoding: $0, as: UTF8.self) }.sorted().joined()
    }
}
