package import Encoding
import Glibc

/// What became of a staged file that was to appear under its final name.
package enum Published: Sendable {
    /// It appeared now.
    case published
    /// A file of that name with the same bytes was there; the staged one, if any, is gone.
    case alreadyThere
    /// It is neither staged nor there: a consumer took it, or the disk lost it.
    case missing
}

/// Letting results appear, and putting inputs into the archive. Each is one rename that can be done again after a
/// crash.
extension Spool {
    /// Lets a staged result appear in `results/<day>/`.
    ///
    /// The folder for its consumers' marks is made before the day's own. Nothing is ever replaced: `.conflict` when other
    /// bytes have that name. The rename is durable with the next `synchronize`.
    package func publish(_ staged: String, as name: String, day: String) throws(SpoolError) -> Published {
        guard SpoolLayout.isOurs(name), SpoolLayout.isOurs(day) else { throw .badName("\(day)/\(name)") }
        _ = try ackDays[day]
        let result = try appear(staged, as: name, in: resultDays[day])
        guard result == .missing, try folders.staging.status(staged) != nil else { return result }
        // The day's folder was removed under us, for instance by who cleans up results: make it again.
        resultDays.forget(day)
        ackDays.forget(day)
        _ = try ackDays[day]
        return try appear(staged, as: name, in: resultDays[day])
    }

    /// Lets a staged record of a deferred line appear in the deferred folder.
    package func publishDeferred(_ staged: String, as name: DeferredName) throws(SpoolError) -> Published {
        try appear(staged, as: name.description, in: folders.deferred)
    }

    /// Whether a consumer said that it took a result: by its mark, or by that of the summary of its batch.
    package func isTaken(_ name: String, day: String) throws(SpoolError) -> Bool {
        guard SpoolLayout.isOurs(name), SpoolLayout.isOurs(day) else { throw .badName("\(day)/\(name)") }
        guard try folders.acks.status(day)?.kind == .folder else { return false }
        let marks = try folders.acks.folder(day)
        if try marks.status(name) != nil { return true }
        guard let summary = ResultUnits.summary(of: name) else { return false }
        return try marks.status(summary) != nil
    }

    /// Reads a result behind what is in `buffer`; nil when there is none of that name.
    package func readResult(_ name: String, day: String, into buffer: ByteBuffer) throws(SpoolError) -> ByteSlice? {
        guard SpoolLayout.isOurs(name), SpoolLayout.isOurs(day) else { throw .badName("\(day)/\(name)") }
        guard try folders.results.status(day) != nil else { return nil }
        return try resultDays[day].contents(of: name, into: buffer)
    }

    /// Moves a group's folder, with whatever is left in it, to `archive/<day>/`; its path under the spool, nil when it
    /// is there already.
    @discardableResult
    package func archive(_ group: String, day: String) throws(SpoolError) -> String? {
        guard SpoolLayout.isOurs(group), SpoolLayout.isOurs(day) else { throw .badName("\(day)/\(group)") }
        let target = try archiveDays[day]
        for attempt in 1..<1000 {
            let name = attempt == 1 ? group : "\(group)-again\(attempt)"
            switch try folders.active.move(group, to: target, as: name) {
            case .done: return "\(SpoolFolder.archive.rawValue)/\(day)/\(name)"
            case .nameTaken: continue
            case .gone:
                guard try folders.active.status(group) != nil else { return nil }
                archiveDays.forget(day)
                return try archive(group, day: day)
            }
        }
        throw .conflict(path: target.path(group))
    }

    private func appear(_ staged: String, as name: String, in target: Folder) throws(SpoolError) -> Published {
        guard SpoolLayout.isOurs(staged) else { throw .badName(staged) }
        switch try folders.staging.move(staged, to: target, as: name) {
        case .done: return .published
        case .gone: return try target.status(name) == nil ? .missing : .alreadyThere
        case .nameTaken:
            guard try isSame(staged, as: name, in: target) else { throw .conflict(path: target.path(name)) }
            try folders.staging.remove(staged)
            return .alreadyThere
        }
    }

    private func isSame(_ staged: String, as name: String, in target: Folder) throws(SpoolError) -> Bool {
        do throws(SpoolError) {
            return try folders.staging.file(staged).hasSameBytes(as: target.file(name))
        } catch .vanished {
            return false
        }
    }
}
