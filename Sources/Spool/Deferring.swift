package import Encoding

/// Requests that wait for keys.
extension Spool {
    /// Moves a taken single or record, with its certificate, to the deferred folder.
    ///
    /// False when the same request waits already; then this copy stays in its group and goes to the archive with it.
    /// The certificate goes first, so that a crash never leaves a waiting request without it.
    @discardableResult
    package func moveToDeferred(_ file: TakenFile, as name: DeferredName) throws(SpoolError) -> Bool {
        guard try folders.deferred.status(name.description) == nil else { return false }
        if let certificate = file.certificate {
            _ = try folders.deferred.remove(name.certificate)
            _ = try file.folder.move(certificate, to: folders.deferred, as: name.certificate)
        }
        switch try file.folder.move(file.name, to: folders.deferred, as: name.description) {
        case .done: return true
        case .nameTaken: return false
        case .gone: throw .vanished(path: file.folder.path(file.name))
        }
    }

    /// Gives every waiting request and the time it was deferred to `body`, in no order, until it returns false.
    package func forEachDeferred(_ body: (DeferredName, UnixTime) -> Bool) throws(SpoolError) {
        let listing = try Listing(folders.deferred)
        while let text = try unsafe listing.next({ unsafe $0.text }) {
            guard let name = DeferredName(text), let status = try folders.deferred.status(text) else { continue }
            guard body(name, status.changedAt) else { return }
        }
    }
}
