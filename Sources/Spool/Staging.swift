package import Encoding
import CLinux
import Glibc

/// Result bytes on their way: written whole, made durable together, not yet visible.
extension Spool {
    /// Writes a new file of these bytes to staging; it is durable after `synchronize`.
    ///
    /// Safe to call from every worker.
    ///
    /// Throws `.conflict` when the name is taken. After any other failure nothing of that name remains.
    package func stage(_ name: String, _ bytes: ByteSlice) throws(SpoolError) {
        guard SpoolLayout.isOurs(name) else { throw .badName(name) }
        try write(name, bytes)
    }

    /// Writes the record of a deferred line to staging; the name it has there, for `publishDeferred`.
    package func stage(deferred name: DeferredName, _ bytes: ByteSlice) throws(SpoolError) -> String {
        let staged = name.description + SpoolLayout.deferredEnding
        try write(staged, bytes)
        return staged
    }

    private func write(_ name: String, _ bytes: ByteSlice) throws(SpoolError) {
        do throws(SpoolError) {
            guard let file = try folders.staging.newFile(name, mode: 0o640) else {
                throw .conflict(path: folders.staging.path(name))
            }
            try file.write(bytes)
        } catch .conflict(let path) {
            throw .conflict(path: path)
        } catch {
            // Without its bytes the file is nothing; where even this fails, recovery removes what was not committed.
            _ = unsafe unlinkat(folders.staging.number, name, 0)
            throw error
        }
    }

    /// Opens the growing results of a batch, cut to the `size` that was committed; 0 begins anew.
    package func part(_ name: String, size: Int64 = 0) throws(SpoolError) -> StagedPart {
        guard SpoolLayout.isOurs(name) else { throw .badName(name) }
        return try StagedPart(name, in: folders.staging, size: size)
    }

    /// Makes everything staged and every rename so far durable (`syncfs`): the barrier before a commit.
    ///
    /// After a failure nothing is known about what was staged: stop, and recover from what is on disk.
    package func synchronize() throws(SpoolError) {
        guard syncfs(folders.root.number) == 0 else { throw .of(errno, .syncfs, path) }
    }

    /// Gives the names in staging to `body` until it returns false; for recovery.
    package func forEachStaged(_ body: (String) -> Bool) throws(SpoolError) {
        let listing = try Listing(folders.staging)
        while let name = try unsafe listing.next({ unsafe $0.text }), body(name) {}
    }

    /// The names in staging, at most `limit` of them.
    package func stagedNames(limit: Int = 100_000) throws(SpoolError) -> [String] {
        var names: [String] = []
        try forEachStaged { name in
            names.append(name)
            return names.count < limit
        }
        return names
    }

    /// Gives a staged file to `body` in pieces, in order, for a digest over all of it.
    package func forEachStagedPiece(_ name: String, _ body: (ByteSlice) -> Void) throws(SpoolError) {
        guard SpoolLayout.isOurs(name) else { throw .badName(name) }
        try folders.staging.forEachPiece(of: name, body)
    }

    /// Whether there is a staged file of this name.
    package func isStaged(_ name: String) throws(SpoolError) -> Bool {
        guard SpoolLayout.isOurs(name) else { throw .badName(name) }
        return try folders.staging.status(name) != nil
    }

    /// Removes a staged file that was never committed, or is kept elsewhere; false when there is none.
    @discardableResult
    package func removeStaged(_ name: String) throws(SpoolError) -> Bool {
        guard SpoolLayout.isOurs(name) else { throw .badName(name) }
        return try folders.staging.remove(name)
    }
}
