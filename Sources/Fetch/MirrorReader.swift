package import Encoding
import Glibc

/// Reads bodies from a plain tree `DIR/<host>/<path>` that any tool may write: no socket is ever opened.
///
/// The same allow-list and size limits hold as for a fetch. A port other than the scheme's own is part of the folder's
/// name (`<host>:<port>`, as wget writes it). The tree is walked name by name without following symbolic links, so
/// nothing in it leads outside. There are no validators: every read is a body, as old as the mirror says (``MirrorTime``).
package struct MirrorReader: Sendable {
    private let root: String
    private let settings: FetchSettings
    private let allowList: AllowList
    private let fetchedAt: UnixTime?

    /// `root` is the tree's folder, which may itself be reached through a symbolic link; `fetchedAt` is when its files
    /// were fetched, as far as the operator knows.
    package init(root: String, settings: FetchSettings, fetchedAt: UnixTime? = nil) {
        self.root = root
        self.fetchedAt = fetchedAt
        self.settings = settings
        allowList = AllowList(settings.hosts)
    }

    /// Reads every request's file in list order; the counterpart of `Fetcher.fetch`.
    package func fetch(
        _ requests: [FetchRequest],
        shouldStop: () -> Bool = { false },
        admit: (_ index: Int) -> FetchFailure? = { _ in nil },
        deliver: (FetchResult) -> Void
    ) {
        for (index, request) in requests.enumerated() {
            if shouldStop() {
                deliver(FetchResult(index: index, outcome: .failure(.stopped)))
                continue
            }
            if let refusal = admit(index) {
                deliver(FetchResult(index: index, outcome: .failure(refusal)))
                continue
            }
            do throws(FetchFailure) {
                deliver(FetchResult(index: index, outcome: .success(try read(request))))
            } catch {
                deliver(FetchResult(index: index, outcome: .failure(error)))
            }
        }
    }

    /// The body the tree holds for one URL.
    package func read(_ request: FetchRequest) throws(FetchFailure) -> FetchResponse {
        let (url, _) = try allowList.admit(request.url, class: request.class)
        guard !url.hasQuery else { throw .url("has a query, which a mirror has no name for") }
        let path = Self.components(of: url)
        guard path.allSatisfy({ !$0.isEmpty }) else { throw .url("does not name a file") }
        let bytes = try read(path, limit: settings.byteLimit(of: request.class))
        return .copy(bytes, fetchedAt: try time(of: path))
    }

    /// When the file was fetched: the oldest time that anyone says, nil where nobody does.
    private func time(of path: [String]) throws(FetchFailure) -> UnixTime? {
        var times = fetchedAt.map { [$0] } ?? []
        for name in [path.dropLast() + [path[path.count - 1] + MirrorTime.name], [MirrorTime.name]] {
            if let time = try time(in: Array(name)) { times.append(time) }
        }
        return times.min()
    }

    private func time(in path: [String]) throws(FetchFailure) -> UnixTime? {
        let bytes: [UInt8]
        do throws(FetchFailure) {
            bytes = try read(path, limit: MirrorTime.byteLimit)
        } catch .mirrorMissing {
            return nil
        } catch .tooLarge {
            throw .mirrorTime(path.joined(separator: "/"))
        } catch {
            throw error
        }
        return try MirrorTime.read(bytes, path: path.joined(separator: "/"))
    }

    /// The names to walk: the host's folder, then the URL's path.
    ///
    /// Dot segments were refused with the URL.
    private static func components(of url: FetchURL) -> [String] {
        let folder = url.port == url.scheme.defaultPort ? url.host : "\(url.host):\(url.port)"
        return [folder] + url.path.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    }

    private func read(_ path: [String], limit: Int) throws(FetchFailure) -> [UInt8] {
        let name = path.joined(separator: "/")
        guard var folder = Descriptor(unsafe open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) else {
            throw .mirrorRead(root, errno: errno)
        }
        for component in path.dropLast() {
            folder = try step(folder, component, O_DIRECTORY, name)
        }
        let file = try step(folder, path[path.count - 1], O_NONBLOCK, name)
        return try Self.contents(of: file, name, limit: limit)
    }

    /// Opens one name inside a folder, never through a symbolic link.
    private func step(
        _ folder: borrowing Descriptor,
        _ component: String,
        _ flags: Int32,
        _ name: String
    ) throws(FetchFailure) -> Descriptor {
        if let next = Descriptor(unsafe openat(folder.raw, component, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | flags)) {
            return next
        }
        let fault = errno
        var status = stat()
        let isLink =
            unsafe fstatat(folder.raw, component, &status, AT_SYMLINK_NOFOLLOW) == 0
            && status.st_mode & S_IFMT == S_IFLNK
        if isLink { throw .mirrorSymlink(name) }
        throw fault == ENOENT || fault == ENOTDIR ? .mirrorMissing(name) : .mirrorRead(name, errno: fault)
    }

    private static func contents(
        of file: borrowing Descriptor,
        _ name: String,
        limit: Int
    ) throws(FetchFailure) -> [UInt8] {
        var status = stat()
        guard unsafe fstat(file.raw, &status) == 0 else { throw .mirrorRead(name, errno: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .mirrorNotRegular(name) }
        guard status.st_size <= limit else { throw .tooLarge(limit: limit) }
        var bytes: [UInt8] = []
        // One more than the size says: a file that grows meanwhile is noticed, one that does not ends in one read.
        var room = Int(status.st_size) + 1
        while true {
            let start = bytes.count
            var count = 0
            bytes.append(addingCapacity: room) { output in
                count = unsafe output.withUnsafeMutableBufferPointer { buffer, initialized in
                    let got = unsafe Glibc.read(file.raw, buffer.baseAddress, room)
                    initialized = max(0, got)
                    return got
                }
            }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw .mirrorRead(name, errno: errno) }
            if count == 0 { return bytes }
            guard start + count <= limit else { throw .tooLarge(limit: limit) }
            room = 64 << 10
        }
    }
}
