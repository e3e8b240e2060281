import Operations
import Spool

/// Writes down in the spool what came of each pass; monitoring reads it from there.
final class PassBook {
    private let spool: Spool
    private let clock: Clock
    private var note: PassNote?

    init(_ spool: Spool, _ clock: Clock) {
        self.spool = spool
        self.clock = clock
    }

    /// Runs a pass and writes down how it ended.
    func noting<R>(_ pass: () throws(Failure) -> R) throws(Failure) -> R {
        do throws(Failure) {
            let result = try pass()
            // Within a second there is nothing new to tell.
            keep { if $0.goodAt != clock.now() || $0.inARow > 0 { $0.succeed(at: clock.now()) } }
            return result
        } catch {
            keep { error.name == Failure.paused ? $0.count(error.name) : $0.fail(error.name, at: clock.now()) }
            throw error
        }
    }

    /// Changes the note; what cannot be written is lost, for the pass matters more.
    private func keep(_ change: (inout PassNote) -> Void) {
        do throws(SpoolError) {
            let before: PassNote
            if let note { before = note } else { before = try spool.passNote() }
            var after = before
            change(&after)
            if after != before { try spool.keep(after) }
            note = after
        } catch {
            note = nil
        }
    }
}
