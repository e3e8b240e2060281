/// How an export ended.
package enum ExportOutcome: Sendable, Equatable {
    /// No client changed, so no file was made.
    case nothing
    /// The same export is in the folder already, complete.
    case already(manifest: String)
    case made(ExportTally)
}
