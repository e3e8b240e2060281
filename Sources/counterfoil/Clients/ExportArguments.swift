import ArgumentParser
import Encoding
import Exports

/// A format of exports on the command line.
struct FormatArgument: ExpressibleByArgument {
    let format: ExportFormat

    init?(argument: String) {
        guard let format = ExportFormat(rawValue: argument) else { return nil }
        self.format = format
    }

    static let allValueStrings = ExportFormat.allCases.map(\.rawValue)
}

/// What an export begins after.
enum ExportStart: ExpressibleByArgument {
    /// The last export of the format.
    case last
    case time(UnixTime)

    init?(argument: String) {
        if argument == "last" {
            self = .last
        } else if let since = SinceArgument(argument: argument) {
            self = .time(since.time)
        } else {
            return nil
        }
    }
}
