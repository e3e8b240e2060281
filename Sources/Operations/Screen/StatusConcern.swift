/// One thing the status screen worries about: how badly, in one sentence, and the command that helps.
package struct StatusConcern: Hashable, Sendable {
    /// The parts of the screen.
    package enum Part: String, CaseIterable, Sendable {
        case keys, spool, work, ledger, policy
    }

    package let part: Part
    package let health: Health
    package let sentence: String
    /// What to do; a command where there is one.
    package let remedy: String
}
