package import Encoding
import Glibc

/// An operator's hand in a spool that another process may own: puts files back, lets kept results appear, wakes what
/// waits, clears what is finished.
///
/// Takes no lock and needs none: it moves files by renames that replace nothing, and leaves a wish where only the owner
/// may act.
package final class SpoolUpkeep: Sendable {
    /// The path the spool was opened by, for messages.
    package let path: String
    private let root: Folder

    /// Why a file cannot be put back.
    package enum Refusal: Equatable, Sendable {
        /// There is no such file.
        case unknown
        /// Several reasons have a file of that name; say which.
        case ambiguous([String])
        /// Its name is none of an input.
        case name
        /// A file of that name is in the drop box.
        case taken(String)
        /// It is a result, and its notice or its day's folder is not there any more.
        case noPlace
    }

    /// What became of a file that was to be tried again.
    package enum Retried: Equatable, Sendable {
        /// It is in the drop box, under this name.
        case putBack(String)
        /// A result is in its place, at this path under the spool.
        case appeared(String)
        /// The owner tries it in its next pass.
        case woken
        case refused(Refusal)
    }

    /// Opens the spool at `path`.
    package init(_ path: String) throws(SpoolError) {
        self.path = path
        root = try Folder.open(path: path)
        guard try root.status(SpoolFolder.incoming.rawValue)?.kind == .folder else {
            throw .missing(path: root.path(SpoolFolder.incoming.rawValue))
        }
    }

    /// Tries a file again that waits, by its name in `deferred/`, or one that was set aside, by `<reason>/<name>` or its
    /// name alone.
    package func retry(_ name: String) throws(SpoolError) -> Retried {
        if let waiting = DeferredName(name), try status(of: name, in: .deferred) != nil { return try wake(waiting) }
        let parts = name.split(separator: "/", maxSplits: 1).map { String($0) }
        guard let file = parts.last, SpoolLayout.isListed(file) else { return .refused(.unknown) }
        let asked = parts.count == 2 ? FailureReason(rawValue: parts[0]).map { [$0] } ?? [] : FailureReason.allCases
        var found: [FailureReason] = []
        for reason in asked {
            guard let folder = try self.folder(of: reason) else { continue }
            if let status = try folder.status(file), status.kind != .folder { found.append(reason) }
        }
        guard found.count < 2 else { return .refused(.ambiguous(found.map { "\($0.rawValue)/\(file)" })) }
        guard let reason = found.first, let folder = try self.folder(of: reason) else { return .refused(.unknown) }
        return reason == .conflict ? try letAppear(file, from: folder) : try putBack(file, from: folder)
    }

    /// A sweep over what is finished.
    package func sweep(
        _ rules: Retention,
        at now: UnixTime,
        isRehearsal: Bool,
        visit: @escaping (Shelf, RetentionUnit) -> Void
    ) throws(SpoolError) -> RetentionSweep {
        var folders: [Shelf: Folder] = [:]
        for shelf in Shelf.allCases where try root.status(shelf.folder.rawValue)?.kind == .folder {
            folders[shelf] = try root.folder(shelf.folder.rawValue)
        }
        let acks = SpoolFolder.acks.rawValue
        return RetentionSweep(
            folders: folders,
            acks: try root.status(acks)?.kind == .folder ? try root.folder(acks) : nil,
            rules: rules,
            now: now,
            shouldStop: { false },
            visit: visit,
            isRehearsal: isRehearsal
        )
    }

    private func wake(_ name: DeferredName) throws(SpoolError) -> Retried {
        let control = try root.folder(SpoolFolder.control.rawValue)
        _ = try control.newFile(Wish.retry(name.description).fileName, mode: 0o600)
        return .woken
    }

    /// Moves what lay beside the file first, so that it is never met without it, then the file; the notice goes last.
    private func putBack(_ file: String, from folder: Folder) throws(SpoolError) -> Retried {
        let record = try FailureRecord.read(file, in: folder)
        let original = record.map { SpoolLayout.safe(Array($0.name.utf8)) } ?? file
        guard let input = [original, file].lazy.compactMap(Self.input).first else { return .refused(.name) }
        let incoming = try root.folder(SpoolFolder.incoming.rawValue, flags: O_RDONLY)
        guard try incoming.status(input.name) == nil else { return .refused(.taken(input.name)) }
        let beside = try companion(of: file, input, record, in: folder)
        if let beside, let name = input.companion {
            guard try folder.move(beside, to: incoming, as: name) == .done else { return .refused(.taken(name)) }
        }
        guard try folder.move(file, to: incoming, as: input.name) == .done else {
            if let beside, let name = input.companion { _ = try incoming.move(name, to: folder, as: beside) }
            return .refused(.taken(input.name))
        }
        try folder.remove(file + SpoolLayout.reasonEnding)
        return .putBack(input.name)
    }

    /// Moves a result that was kept apart to where its notice says it belongs; the notice goes last.
    private func letAppear(_ file: String, from folder: Folder) throws(SpoolError) -> Retried {
        let parts = try FailureRecord.read(file, in: folder)?.name.split(separator: "/").map { String($0) } ?? []
        guard parts.count == 3, parts[0] == SpoolFolder.results.rawValue, parts.allSatisfy(SpoolLayout.isOurs) else {
            return .refused(.noPlace)
        }
        let results = try root.folder(parts[0])
        guard try results.status(parts[1])?.kind == .folder else { return .refused(.noPlace) }
        let path = SpoolLayout.resultPath(day: parts[1], name: parts[2])
        switch try folder.move(file, to: results.folder(parts[1]), as: parts[2]) {
        case .nameTaken: return .refused(.taken(path))
        case .gone: return .refused(.unknown)
        case .done:
            try folder.remove(file + SpoolLayout.reasonEnding)
            return .appeared(path)
        }
    }

    private static func input(_ name: String) -> InputName? {
        guard case .input(let input) = InputName.classify(name), input.kind != .certificate, input.kind != .manifest
        else { return nil }
        return input
    }

    private func companion(
        of file: String,
        _ input: InputName,
        _ record: FailureRecord?,
        in folder: Folder
    ) throws(SpoolError) -> String? {
        guard input.companion != nil else { return nil }
        let names = [
            file + FailedUnits.beside, record?.companion.map { SpoolLayout.safe(Array($0.utf8)) }, input.companion,
        ]
        for name in names.compactMap({ $0 }) where try folder.status(name) != nil { return name }
        return nil
    }

    private func folder(of reason: FailureReason) throws(SpoolError) -> Folder? {
        let failed = try root.folder(SpoolFolder.failed.rawValue)
        guard try failed.status(reason.rawValue)?.kind == .folder else { return nil }
        return try failed.folder(reason.rawValue)
    }

    private func status(of name: String, in folder: SpoolFolder) throws(SpoolError) -> FileStatus? {
        try root.folder(folder.rawValue).status(name)
    }
}
