import ArgumentParser
import Operations

/// Whether to show how far the work is.
struct ProgressOptions: ParsableArguments {
    @Option(help: "auto: on a terminal; plain: a line every ten seconds; off.")
    var progress: ProgressMode = .auto
}

extension ProgressMode: ExpressibleByArgument {}
