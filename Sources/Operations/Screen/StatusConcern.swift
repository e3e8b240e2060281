/// One thing the status screen worries about: how badly, in one sentence, and the command that helps.
package struct StatusConcern: Hashable, Sendable {
    /// The parts of the screen.
    package enum Part: String, CaseIterable, Sendable {
        case keys, spool, work, ledger, policy
    }

    /// The part of the screen it belongs to.
    package let part: Part
    /// How bad it is.
    package let health: Health
    /// What is wrong, one sentence.
    package let sentence: String
    /// What to do; a command where there is one.
    package let remedy: String
}
