package import Dispatch
import Glibc

/// Tells when something arrives in a spool, by inotify, until it goes out of use.
///
/// What it says is a hint: the kernel drops hints when too many wait, and some file systems give none. So a full look
/// at start and from time to time stays the caller's duty.
package final class SpoolWatcher {
    private let source: any DispatchSourceRead

    /// Begins to watch; `handler` is called on `queue`, once for each folder and burst.
    package init(
        _ spool: Spool,
        _ folders: [SpoolFolder] = [.incoming, .control],
        on queue: DispatchQueue,
        _ handler: @escaping @Sendable (SpoolHint) -> Void
    ) throws(SpoolError) {
        let inbox = try HintInbox(folders.map { ($0, spool.folders[$0]) })
        let source = DispatchSource.makeReadSource(fileDescriptor: inbox.number, queue: queue)
        source.setEventHandler { @Sendable in
            for hint in inbox.hints() { handler(hint) }
        }
        // The inbox closes its descriptor when the source, which must not outlive it open, has let go of it.
        source.setCancelHandler { @Sendable in withExtendedLifetime(inbox) {} }
        source.activate()
        self.source = source
    }

    deinit { source.cancel() }

    /// Ends the watch; what the handler is doing is not waited for.
    package func cancel() { source.cancel() }
}
