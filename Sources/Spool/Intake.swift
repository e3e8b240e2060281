package import Encoding
import Glibc

/// Takes inputs from the drop box, or due requests from the deferred folder, a group at a time.
///
/// Keeps its place in the folder from call to call, so that taking 200,000 files costs one pass over their names and
/// not one for each group. One thread uses it; it is not Sendable. The limits of a group are soft by one file.
package final class Intake {
    /// Which files to take.
    package enum Wanted: Sendable {
        /// Singles and records, many to a group.
        case files
        /// One batch with its manifest.
        case batch
        /// Files, and when there are none, a batch.
        case any
    }

    /// The most a group holds.
    package struct GroupLimit: Equatable, Sendable {
        /// Files.
        package var files: Int
        /// Bytes.
        package var bytes: Int

        /// The limits, at the defaults of the design: 1,024 files or 16 MiB.
        package init(files: Int = 1024, bytes: Int = 16 << 20) {
            self.files = files
            self.bytes = bytes
        }
    }

    let spool: Spool
    let limits: InputLimits
    let owners: Set<UInt32>?
    private let origin: TakenGroup.Origin
    private let isDue: (DeferredName, UnixTime) -> Bool
    private var listing: Listing?
    private var isMidway = false

    init(
        _ spool: Spool,
        from origin: TakenGroup.Origin,
        limits: InputLimits,
        owners: Set<UInt32>?,
        isDue: @escaping (DeferredName, UnixTime) -> Bool
    ) {
        self.spool = spool
        self.origin = origin
        self.limits = limits
        self.owners = owners
        self.isDue = isDue
    }

    /// Takes the next group; `group` is nil when a whole pass found nothing to take.
    ///
    /// Hostile and broken files go to `failed` on the way and never stop the rest.
    package func take(
        _ wanted: Wanted = .any,
        limit: GroupLimit = GroupLimit(),
        at now: UnixTime
    ) throws(SpoolError) -> Take {
        switch wanted {
        case .files: return try takeFiles(limit: limit, at: now)
        case .batch: return try pass(batch: true, limit: limit, at: now, fromStart: true)
        case .any:
            var files = try takeFiles(limit: limit, at: now)
            guard files.group == nil, origin == .incoming else { return files }
            files.goOn(with: try pass(batch: true, limit: limit, at: now, fromStart: true))
            return files
        }
    }

    /// Goes on where the last call stopped, and begins again once when nothing was found behind that place.
    private func takeFiles(limit: GroupLimit, at now: UnixTime) throws(SpoolError) -> Take {
        let wasMidway = isMidway
        var take = try pass(batch: false, limit: limit, at: now, fromStart: !wasMidway)
        guard take.group == nil, wasMidway else { return take }
        take.goOn(with: try pass(batch: false, limit: limit, at: now, fromStart: true))
        return take
    }

    private func pass(batch: Bool, limit: GroupLimit, at now: UnixTime, fromStart: Bool) throws(SpoolError) -> Take {
        let source = origin == .incoming ? spool.folders.incoming : spool.folders.deferred
        let listing = try names(of: source, fromStart: fromStart)
        isMidway = true
        var group = GroupInTheMaking(spool, origin: origin, source: source, limits: limits, at: now)
        var take = Take()
        do throws(SpoolError) {
            while group.files.count + take.setAside.count < limit.files, group.bytes < limit.bytes,
                !(batch && group.files.count == 1)
            {
                let more: Void? = try unsafe listing.next { (entry) throws(SpoolError) in
                    unsafe try visit(entry, batch: batch, &group, &take, at: now)
                }
                guard more != nil else {
                    isMidway = false
                    break
                }
            }
        } catch {
            guard !group.files.isEmpty else { throw error }
            take.fault = error
        }
        if batch { isMidway = false }
        guard let fault = take.fault else {
            take.group = try group.finished()
            return take
        }
        take.group = try group.found()
        if take.group == nil { throw fault }
        return take
    }

    private func names(of source: Folder, fromStart: Bool) throws(SpoolError) -> Listing {
        // A folder that was removed under us looks empty for ever.
        if fromStart, try source.status().names == 0 { throw .missing(path: source.path) }
        if let listing {
            if fromStart { listing.rewind() }
            return listing
        }
        let listing = try Listing(source)
        self.listing = listing
        return listing
    }

    private func visit(
        _ entry: Listing.Entry,
        batch: Bool,
        _ group: inout GroupInTheMaking,
        _ take: inout Take,
        at now: UnixTime
    ) throws(SpoolError) {
        if origin == .deferred {
            guard let name = unsafe DeferredName(entry.text), let status = try group.source.status(name.description)
            else { return }
            if isDue(name, status.changedAt) { try group.add(name.description, companion: name.companion, status) }
            return
        }
        let verdict = unsafe InputName.classify(entry.bytes)
        if case .ignored = verdict { return }
        if case .refused(let refusal) = verdict {
            let fault =
                unsafe entry.isSurelySpecial
                ? InputFault(reason: .type, detail: "is no regular file")
                : InputFault(reason: .name, detail: refusal.text)
            unsafe try setAside(entry, fault, companion: nil, &take, at: now)
            return
        }
        guard case .input(let name) = verdict else { return }
        switch name.kind {
        case .certificate, .manifest: return try note(companion: name, &take)
        case .bulk where !batch: return
        case .single where batch, .record where batch: return
        case .single, .record, .bulk: break
        }
        guard let status = try group.source.status(name.name) else { return }
        if let fault = InputFault.of(status, limit: limits.bytes(of: name.kind), owners: owners) {
            unsafe try setAside(entry, fault, companion: name.companion, &take, at: now)
        } else {
            try group.add(name.name, companion: name.companion, status)
        }
    }

    /// Moves a file that is no input of ours out of the way; one that we may not move is left and told.
    private func setAside(
        _ entry: Listing.Entry,
        _ fault: InputFault,
        companion: String?,
        _ take: inout Take,
        at now: UnixTime
    ) throws(SpoolError) {
        let text = unsafe entry.text
        do throws(SpoolError) {
            let notice = FailureNotice(name: text, fault: fault, folder: .incoming, at: now)
            let path = unsafe try spool.setAside(
                raw: entry.name,
                safeName: SpoolLayout.safe(Array(entry.bytes)),
                companion: companion,
                from: spool.folders.incoming,
                notice
            )
            guard let path else { return }
            take.setAside.append(Take.SetAside(name: text, reason: fault.reason, detail: fault.detail, path: path))
        } catch .notWritable(let path, EACCES), .notWritable(let path, EPERM) {
            let error = SpoolError.notWritable(path: path, errno: EACCES)
            leave(text, since: now, why: "\(fault.detail), and it cannot be moved: \(error)", &take)
        } catch .io(_, _, EBUSY), .io(_, _, EXDEV) {
            leave(text, since: now, why: "\(fault.detail), and it cannot be moved: something is mounted there", &take)
        }
    }

    /// Tells of a certificate or manifest without its request; one with its request travels with that.
    private func note(companion name: InputName, _ take: inout Take) throws(SpoolError) {
        let folder = spool.folders.incoming
        guard let status = try folder.status(name.name) else { return }
        for principal in name.principals where try folder.status(principal) != nil { return }
        let what = name.kind == .certificate ? "a certificate without its request" : "a manifest without its batch"
        leave(name.name, since: status.changedAt, why: what, &take)
    }

    private func leave(_ name: String, since: UnixTime, why: String, _ take: inout Take) {
        if take.left.count < 100 { take.left.append(Take.Left(name: name, since: since, why: why)) }
    }
}
