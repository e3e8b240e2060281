import ArgumentParser
import Operations

/// A command of ours: does its work and says how it ended.
protocol Subcommand: ParsableCommand {
    /// Whether standard output is read by a program.
    var isForProgram: Bool { get }
    /// Does the work; what went wrong comes out as a failure that is told on standard error.
    mutating func perform() throws(Failure) -> ExitStatus
}

extension Subcommand {
    /// Runs the command and ends the process with its code.
    mutating func run() throws {
        var status: ExitStatus
        do throws(Failure) {
            status = try perform()
        } catch {
            error.tell(asJSON: isForProgram)
            status = ExitStatus(error.code)
        }
        if let failure = StandardOutput.failure {
            StandardError.write(failure.text)
            if status == .done { status = ExitStatus(failure.code) }
        }
        guard status.number == 0 else { throw ArgumentParser.ExitCode(status.number) }
    }
}
