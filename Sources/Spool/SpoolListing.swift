import Encoding

/// Listing what is not finished, beside a running owner or without one.
extension SpoolView {
    /// Lends every file in this state to `body`, in no order, until it returns false; notices are left out, and companions
    /// with what they lie beside.
    ///
    /// What goes away meanwhile is passed over. Throws `.notReadable` where we may not look.
    package func forEachEntry(_ state: SpoolEntry.State, _ body: (SpoolEntry) -> Bool) throws(SpoolError) {
        let folder: Folder
        do throws(SpoolError) {
            folder = try root.folder(state.rawValue)
        } catch .missing {
            return
        }
        switch state {
        case .incoming: try forEachDropped(in: folder, body)
        case .deferred: try list(folder, state, body) { DeferredName($0) != nil }
        case .active: try forEachGroup(of: folder, body)
        case .failed: try forEachFailed(in: folder, body)
        }
    }

    private static func isInput(_ name: String) -> Bool {
        switch InputName.classify(name) {
        case .ignored: false
        case .refused: true
        case .input(let input): input.kind != .certificate && input.kind != .manifest
        }
    }

    private func list(
        _ folder: Folder,
        _ state: SpoolEntry.State,
        below path: String? = nil,
        _ body: (SpoolEntry) -> Bool,
        isShown: (String) -> Bool
    ) throws(SpoolError) {
        let listing = try Listing(folder)
        while let name = try unsafe listing.next({ unsafe $0.text }) {
            guard isShown(name), let status = try folder.status(name) else { continue }
            let place = path ?? state.rawValue
            let entry = SpoolEntry(
                state: state,
                name: name,
                path: "\(place)/\(name)",
                bytes: status.size,
                since: status.changedAt
            )
            guard body(entry) else { return }
        }
    }

    private func forEachDropped(in folder: Folder, _ body: (SpoolEntry) -> Bool) throws(SpoolError) {
        let listing = try Listing(folder)
        while let name = try unsafe listing.next({ unsafe $0.text }) {
            let (isShown, detail) = try Self.standing(of: name, in: folder)
            guard isShown, let status = try folder.status(name) else { continue }
            var entry = SpoolEntry(
                state: .incoming,
                name: name,
                path: "\(SpoolFolder.incoming.rawValue)/\(name)",
                bytes: status.size,
                since: status.changedAt
            )
            entry.detail = detail
            guard body(entry) else { return }
        }
    }

    /// Whether a name in the drop box is one that stays there until something is done about it, and what it waits for
    /// where that is no pass.
    private static func standing(of name: String, in folder: Folder) throws(SpoolError) -> (Bool, String?) {
        switch InputName.classify(name) {
        case .ignored: return (!name.hasPrefix("."), "is left alone: its name says that it is still being written")
        case .refused: return (true, nil)
        case .input(let input):
            for principal in input.principals where try folder.status(principal) != nil { return (false, nil) }
            switch input.kind {
            case .certificate: return (true, "a certificate without its request: it waits for \(waitedFor(input))")
            case .manifest: return (true, "a manifest without its batch: it waits for \(waitedFor(input))")
            case .single, .record, .bulk: return (true, nil)
            }
        }
    }

    private static func waitedFor(_ companion: InputName) -> String {
        companion.principals.dropLast().joined(separator: ", ") + " or " + (companion.principals.last ?? "")
    }

    private func forEachGroup(of folder: Folder, _ body: (SpoolEntry) -> Bool) throws(SpoolError) {
        let listing = try Listing(folder)
        while let group = try unsafe listing.next({ unsafe $0.text }) {
            guard SpoolLayout.isOurs(group), try folder.status(group)?.kind == .folder else { continue }
            do throws(SpoolError) {
                let inner = try folder.folder(group)
                try list(inner, .active, below: "active/\(group)", body) { DeferredName($0) != nil || Self.isInput($0) }
            } catch .missing {
                continue
            }
        }
    }

    private func forEachFailed(in failed: Folder, _ body: (SpoolEntry) -> Bool) throws(SpoolError) {
        for reason in FailureReason.allCases where try failed.status(reason.rawValue)?.kind == .folder {
            let bin = RetentionBin(
                shelf: .failed,
                name: reason.rawValue,
                folder: try failed.folder(reason.rawValue),
                marks: nil,
                day: nil
            )
            try bin.forEachUnit { unit throws(SpoolError) in
                guard let name = unit.names.first, let status = try bin.folder.status(name) else { return true }
                let isNotice = name.hasSuffix(SpoolLayout.reasonEnding)
                guard !isNotice else { return true }
                var entry = SpoolEntry(
                    state: .failed,
                    name: "\(reason.rawValue)/\(name)",
                    path: bin.path(name),
                    bytes: status.size,
                    since: status.changedAt
                )
                entry.reason = reason
                entry.detail = try FailureRecord.read(name, in: bin.folder)?.detail
                return body(entry)
            }
        }
    }
}
