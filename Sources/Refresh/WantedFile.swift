package import Encoding
package import KeyCache
import OpenBanking
package import Operations

/// The list of keys an air-gapped site waits for, as it was carried out (docs/FORMATS.md).
///
/// It says what to fetch, and nothing it says is trusted: a URL counts only on an allowed host and in the
/// directory's own shape of path, or on a host that may serve revocation lists.
package struct WantedFile: Sendable, Equatable {
    /// The most bytes of a list.
    package static let byteLimit = 16 << 20
    /// The most keys in a list.
    package static let keyLimit = 100_000

    /// Sources to keep from now on, each once.
    package private(set) var seeds: [SourceSeed] = []
    /// The keys wanted of them.
    package private(set) var wanted: [KeyCache.WantedKey] = []
    /// URLs that do not count, each once.
    package private(set) var refused: [String] = []

    /// Why a list is not read.
    package enum Fault: Error, Equatable, Sendable {
        case tooLarge
        case json(JSONError)
        /// A member is missing or has another form.
        case member(String)
        /// The list is of another environment.
        case environment(String)
        case tooMany(Int)
    }

    /// Decodes a list for the site of `configuration`; what is wanted counts as wanted since `time`.
    package static func decode(
        _ bytes: [UInt8],
        _ configuration: Configuration,
        at time: UnixTime
    ) throws(Fault) -> WantedFile {
        guard bytes.count <= byteLimit else { throw .tooLarge }
        var limits = JSONLimits.record
        limits.textBytes = byteLimit
        (limits.elements, limits.nodes) = (keyLimit + 1, 16 * keyLimit)
        let document = JSONDocument(limits: limits)
        do throws(JSONError) { try document.parse(bytes) } catch { throw .json(error) }
        let root = document.root
        guard root["v"]?.integer == 1 else { throw .member("v") }
        guard let environment = root["environment"]?.text?.string else { throw .member("environment") }
        guard environment == configuration.environment.rawValue else { throw .environment(Printable.text(environment)) }
        guard let entries = root["wanted"], entries.kind == .array else { throw .member("wanted") }
        guard entries.count <= keyLimit else { throw .tooMany(entries.count) }
        return try read(entries, configuration, at: time)
    }

    private static func read(
        _ entries: JSONValue,
        _ configuration: Configuration,
        at time: UnixTime
    ) throws(Fault) -> WantedFile {
        let reader = WantedSource(configuration)
        var file = WantedFile()
        var seen: Set<String> = []
        for entry in entries.elements {
            guard let url = entry["url"]?.text?.string else { throw .member("url") }
            let kid = entry["kid"]
            guard kid == nil || kid?.isNull == true || kid?.text != nil else { throw .member("kid") }
            let isNew = seen.insert(url).inserted
            guard reader.isKnown(url) || reader.seed(url) != nil else {
                if isNew { file.refused.append(url) }
                continue
            }
            if isNew, !reader.isKnown(url), let seed = reader.seed(url) { file.seeds.append(seed) }
            file.wanted.append(KeyCache.WantedKey(url: url, kid: kid?.text?.string, since: time))
        }
        return file
    }
}

extension WantedFile.Fault: CustomStringConvertible {
    /// One sentence, safe to print.
    package var description: String {
        switch self {
        case .tooLarge: "it is larger than \(WantedFile.byteLimit >> 20) MiB"
        case .json(let error): "it is not strict JSON: \(error)"
        case .member(let name): "\(name) is missing or has another form"
        case .environment(let name): "it is of the environment \(name), and this site is of the other"
        case .tooMany(let count): "it wants \(count) keys, more than \(WantedFile.keyLimit)"
        }
    }
}
