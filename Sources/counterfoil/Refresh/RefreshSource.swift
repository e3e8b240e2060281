import Encoding
import Fetch
import Glibc
import Operations
import Refresh

/// Where bodies come from: the network as configured, or a mirror tree without any socket.
enum RefreshSource {
    /// `fetchedAt` is when the mirror's files were fetched, where the operator says so.
    static func route(
        _ configuration: Configuration,
        mirror: String? = nil,
        fetchedAt: UnixTime? = nil
    ) throws(Failure) -> RefreshRoute {
        let settings = ConfiguredFetch.settings(
            configuration,
            credentials: Environment["CREDENTIALS_DIRECTORY"],
            userAgent: "counterfoil/\(Version.number)"
        )
        if let mirror {
            try requireFolder(mirror)
            return .mirror(MirrorReader(root: mirror, settings: settings, fetchedAt: fetchedAt))
        }
        guard configuration.refresh.mode == .online else { throw offline }
        do throws(FetchFailure) {
            return .network(try Fetcher(settings))
        } catch {
            throw Failure(error)
        }
    }

    private static var offline: Failure {
        let remedy = "bring keys in by a bundle, or by a folder of files: counterfoil refresh --mirror DIR"
        let message = UserMessage("refresh.mode", "is offline, and nothing is fetched from here", remedy: remedy)
        return Failure(message, name: "offline", .usage)
    }

    private static func requireFolder(_ path: String) throws(Failure) {
        var status = stat()
        let number: Int32 =
            unsafe stat(path, &status) != 0 ? errno : status.st_mode & S_IFMT == S_IFDIR ? 0 : ENOTDIR
        guard number != 0 else { return }
        let message = UserMessage(
            path,
            "the mirror cannot be read: \(ErrorText.of(number))",
            remedy: "name the folder that holds <host>/<path> of each source"
        )
        throw Failure(message, name: "mirror", .usage)
    }
}
