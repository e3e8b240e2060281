import Encoding

/// One folder of a shelf: a day of archive or results, or a reason of failed.
struct RetentionBin {
    let shelf: Shelf
    let name: String
    let folder: Folder
    /// Where consumers leave their marks of this day; nil where there is none.
    let marks: Folder?
    /// The end of the day; nil where what lies here has ages of its own.
    let day: UnixTime?

    /// The folders of a shelf, oldest first; names that are none of ours are passed over.
    static func all(of shelf: Shelf, in folder: Folder, acks: Folder?) throws(SpoolError) -> [RetentionBin] {
        var names: [String] = []
        let listing = try Listing(folder)
        while let name = try unsafe listing.next({ unsafe $0.text }) { names.append(name) }
        var bins: [RetentionBin] = []
        for name in names.sorted() {
            let day = end(ofDay: name)
            guard shelf == .failed ? FailureReason(rawValue: name) != nil : day != nil,
                try folder.status(name)?.kind == .folder
            else { continue }
            var marks: Folder?
            if shelf == .results, let acks, try acks.status(name)?.kind == .folder { marks = try acks.folder(name) }
            bins.append(RetentionBin(shelf: shelf, name: name, folder: try folder.folder(name), marks: marks, day: day))
        }
        return bins
    }

    private static func end(ofDay name: String) -> UnixTime? {
        guard name.utf8.count == 10, let start = Timestamp.parse("\(name)T00:00:00Z") else { return nil }
        return start + 86_400
    }

    /// Lends every unit to `body`, in no order, until it returns false.
    func forEachUnit(_ body: (RetentionUnit) throws(SpoolError) -> Bool) throws(SpoolError) {
        switch shelf {
        case .archive: try forEachGroup(body)
        case .results: try ResultUnits(bin: self).forEach(body)
        case .failed: try FailedUnits(bin: self).forEach(body)
        }
    }

    /// The path under the spool of a name in it.
    func path(_ entry: String) -> String { "\(shelf.rawValue)/\(name)/\(entry)" }

    private func forEachGroup(_ body: (RetentionUnit) throws(SpoolError) -> Bool) throws(SpoolError) {
        let listing = try Listing(folder)
        while let entry = try unsafe listing.next({ unsafe $0.text }) {
            guard let status = try folder.status(entry) else { continue }
            var unit = RetentionUnit(path: path(entry), since: day ?? status.changedAt, names: [entry])
            unit.isFolder = status.kind == .folder
            if !unit.isFolder { unit.amount.add(status) }
            guard try body(unit) else { return }
        }
    }

    /// How much a unit is, where that is not known yet.
    func measure(_ unit: RetentionUnit) throws(SpoolError) -> RetentionAmount {
        guard unit.isFolder, let name = unit.names.first else { return unit.amount }
        var amount = RetentionAmount()
        try forEachFile(inGroup: name) { _, _, status throws(SpoolError) in
            amount.add(status)
            return true
        }
        return amount
    }

    /// Removes a unit in its order, until `shouldStop`, at `pace`; how much went.
    ///
    /// A stop leaves the rest of it, which the next sweep finds.
    func remove(
        _ unit: RetentionUnit,
        _ pace: SweepPace,
        shouldStop: () -> Bool
    ) throws(SpoolError) -> RetentionAmount {
        var amount = RetentionAmount()
        guard unit.isFolder, let group = unit.names.first else {
            for name in unit.names {
                guard let status = try folder.status(name) else { continue }
                guard try folder.remove(name) else { continue }
                amount.add(status)
                try pace.removed(from: folder)
            }
            for name in unit.marks {
                guard let marks, let status = try marks.status(name) else { continue }
                if try marks.remove(name) { amount.add(status) }
            }
            return amount
        }
        try forEachFile(inGroup: group) { folder, name, status throws(SpoolError) in
            if try folder.remove(name) {
                amount.add(status)
                try pace.removed(from: folder)
            }
            return amount.files % 64 != 0 || !shouldStop()
        }
        try folder.removeFolder(group)
        return amount
    }

    /// Lends the files of an archived group; a folder in it is none of ours and stays, with the group's.
    private func forEachFile(
        inGroup group: String,
        _ body: (Folder, String, FileStatus) throws(SpoolError) -> Bool
    ) throws(SpoolError) {
        let inner: Folder
        do throws(SpoolError) {
            inner = try folder.folder(group)
        } catch .vanished {
            return
        } catch .missing {
            return
        }
        let listing = try Listing(inner)
        while let name = try unsafe listing.next({ unsafe $0.text }) {
            guard let status = try inner.status(name), status.kind != .folder else { continue }
            guard try body(inner, name, status) else { return }
        }
    }
}
