import Ledger
import Spool

/// Ends batches whose file was changed after they were begun, by a writer that kept it open.
///
/// What was answered of them appears: its credentials exist. The rest of what they were is gone and has no answer; what
/// the file became is another batch, or lies in `failed`.
struct CutOffBatches {
    let context: PassContext
    let fileName: String

    /// Ends those of this file name that are begun, but not the one known by `key`.
    func end(but key: String? = nil) throws(PipelineError) {
        let open = try context.read { group throws(LedgerError) in
            try group.batches.notDone().filter { $0.state == .open && $0.fileName == fileName && $0.key != key }
        }
        for batch in open {
            try context.lifting { () throws(SpoolError) in
                try context.spool.part(batch.stagedName, size: batch.outputOffset).synchronize()
            }
            // A key is the stem and the first digits of the hash.
            let stem = String(batch.key.dropLast(1 + 16))
            try BatchCompletion(context: context, cutOff: batch, stem: stem).run(batch)
        }
    }
}
