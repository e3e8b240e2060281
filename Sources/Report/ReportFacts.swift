package import Encoding

/// What a report says besides the results: where they come from, by which program, under which policy.
package struct ReportFacts: Sendable {
    /// A setting that was changed from the rule book's own.
    package struct Override: Sendable {
        package var rule: String
        package var severity: String

        package init(rule: String, severity: String) { (self.rule, self.severity) = (rule, severity) }
    }

    /// A file of the batch with its size and digest.
    package struct File: Sendable {
        package var name: String
        package var bytes: Int64?
        package var sha256: String?

        package init(name: String, bytes: Int64? = nil, sha256: String? = nil) {
            (self.name, self.bytes, self.sha256) = (name, bytes, sha256)
        }
    }

    /// A sample of the work: how many requests were answered after so many milliseconds of it.
    package struct Sample: Sendable, Equatable {
        package var milliseconds: Int64
        package var answered: Int

        package init(milliseconds: Int64, answered: Int) {
            (self.milliseconds, self.answered) = (milliseconds, answered)
        }
    }

    /// What the report is about, such as the name of a batch.
    package var subject: String
    package var batchID: String?
    package var isMigration = false
    package var clientsTakenOver = 0
    /// Lines that were never answered, for the batch was cancelled.
    package var unanswered = 0
    package var environment: String
    package var startedAt: UnixTime?
    package var finishedAt: UnixTime?
    package var writtenAt: UnixTime
    package var pace: [Sample] = []
    /// The age beyond which the directory's keys would not be used, in seconds.
    package var keyLimit: UnixTime?
    package var overrides: [Override] = []
    package var policyDigest: String?
    package var host: String?
    package var versions: [(name: String, version: String)] = []
    package var files: [File] = []
    /// Whether the results are of requests that were only rehearsed.
    package var isRehearsal = false
    /// What a rule says, in plain words.
    package var words: @Sendable (String) -> String? = { _ in nil }

    package init(subject: String, environment: String, writtenAt: UnixTime) {
        (self.subject, self.environment, self.writtenAt) = (subject, environment, writtenAt)
    }
}
