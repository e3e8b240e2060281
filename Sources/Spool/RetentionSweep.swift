package import Encoding

/// One look over archive, results and failed, which removes what is beyond its bounds, oldest first.
///
/// Needs no ownership: each removal is of something finished, and can be repeated. A stop at any moment leaves what
/// the next sweep finds. Memory is bounded: of a folder that must be looked through by age no more than
/// ``sortLimit`` units are held.
package struct RetentionSweep {
    /// Units of one folder that are put into order at a time; where there are more, those are the first found.
    static let sortLimit = 200_000

    let folders: [Shelf: Folder]
    /// Where consumers leave their marks.
    let acks: Folder?
    let rules: Retention
    let now: UnixTime
    /// Asked between removals; a sweep that stops goes on with the next.
    let shouldStop: () -> Bool
    /// Told of everything that goes, or would go.
    let visit: (Shelf, RetentionUnit) -> Void
    /// True where nothing is removed.
    let isRehearsal: Bool
    let pace = SweepPace()

    /// Sweeps every shelf of `shelves`; how much went of each.
    package func run(_ shelves: [Shelf] = Shelf.allCases) throws(SpoolError) -> [Shelf: RetentionAmount] {
        var gone: [Shelf: RetentionAmount] = [:]
        for shelf in shelves {
            guard let folder = folders[shelf] else { continue }
            let bounds = rules.bounds(of: shelf)
            guard bounds.isBound || shelf != .archive && rules.unconsumed != nil else { continue }
            var amount = RetentionAmount()
            let bins = try RetentionBin.all(of: shelf, in: folder, acks: acks)
            let left = try removeOld(bins, bounds, &amount)
            if bounds.isExceeded(by: left) { try removeSurplus(bins, bounds, left, &amount) }
            if !isRehearsal { try removeEmpty(bins, of: folder) }
            gone[shelf] = amount
        }
        return gone
    }

    /// Removes what is too old; how much else there is, where that matters.
    private func removeOld(
        _ bins: [RetentionBin],
        _ bounds: KeepBounds,
        _ gone: inout RetentionAmount
    ) throws(SpoolError) -> RetentionAmount {
        var (left, removed) = (RetentionAmount(), RetentionAmount())
        for bin in bins {
            // A day that is not over needs no look where nothing is counted.
            if let day = bin.day, !bounds.needsTotals, !bounds.isOver(day, at: now), !isUnconsumedOver(day, bin.shelf) {
                continue
            }
            try bin.forEachUnit { unit throws(SpoolError) in
                guard !shouldStop() else { return false }
                if isOver(unit, bin.shelf) {
                    removed += try take(unit, from: bin)
                } else if bounds.needsTotals, unit.isConsumed {
                    left += try bin.measure(unit)
                }
                return true
            }
        }
        gone += removed
        return left
    }

    private func isOver(_ unit: RetentionUnit, _ shelf: Shelf) -> Bool {
        unit.isConsumed
            ? rules.bounds(of: shelf).isOver(unit.since, at: now) : isUnconsumedOver(unit.since, shelf)
    }

    private func isUnconsumedOver(_ since: UnixTime, _ shelf: Shelf) -> Bool {
        shelf != .archive && (rules.unconsumed.map { since + $0 <= now } ?? false)
    }

    /// Removes the oldest until the rest is within the bounds.
    private func removeSurplus(
        _ bins: [RetentionBin],
        _ bounds: KeepBounds,
        _ counted: RetentionAmount,
        _ gone: inout RetentionAmount
    ) throws(SpoolError) {
        var left = counted
        // Days go one after another; the reasons of failed have no order among themselves.
        let shares = bins.allSatisfy { $0.day != nil } ? bins.map { [$0] } : [bins]
        for share in shares {
            var units: [(bin: Int, unit: RetentionUnit, age: UnixTime)] = []
            for (number, bin) in share.enumerated() {
                try bin.forEachUnit { unit throws(SpoolError) in
                    // In a day the order is that in which the groups came there.
                    let age = try bin.day == nil ? unit.since : bin.folder.status(unit.names.first ?? "")?.changedAt
                    if unit.isConsumed, !isOver(unit, bin.shelf) { units.append((number, unit, age ?? 0)) }
                    return units.count < Self.sortLimit
                }
            }
            for (number, unit, _) in units.sorted(by: { $0.age < $1.age }) {
                guard bounds.isExceeded(by: left), !shouldStop() else { return }
                var unit = unit
                unit.amount = try share[number].measure(unit)
                left -= unit.amount
                gone += try take(unit, from: share[number])
            }
        }
    }

    private func take(_ unit: RetentionUnit, from bin: RetentionBin) throws(SpoolError) -> RetentionAmount {
        guard isRehearsal else {
            let amount = try bin.remove(unit, pace, shouldStop: shouldStop)
            var told = unit
            told.amount = amount
            visit(bin.shelf, told)
            return amount
        }
        var told = unit
        told.amount = try bin.measure(unit)
        visit(bin.shelf, told)
        return told.amount
    }

    /// Removes the folders of days that nothing is left in; today's stays, because it is in use.
    private func removeEmpty(_ bins: [RetentionBin], of folder: Folder) throws(SpoolError) {
        for bin in bins {
            guard let day = bin.day, day <= now, try folder.removeFolder(bin.name) else { continue }
            if bin.marks != nil { try acks?.removeFolder(bin.name) }
        }
    }
}

extension Spool {
    /// A sweep over what is finished in this spool.
    package func sweep(
        _ rules: Retention,
        at now: UnixTime,
        shouldStop: @escaping () -> Bool = { false },
        visit: @escaping (Shelf, RetentionUnit) -> Void = { _, _ in }
    ) -> RetentionSweep {
        RetentionSweep(
            folders: [.archive: folders.archive, .results: folders.results, .failed: folders.failed],
            acks: folders.acks,
            rules: rules,
            now: now,
            shouldStop: shouldStop,
            visit: visit,
            isRehearsal: false
        )
    }
}
