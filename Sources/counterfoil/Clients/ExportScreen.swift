import Encoding
import Exports
import Operations

/// An export as it is told.
enum ExportScreen {
    static func text(_ outcome: ExportOutcome, format: ExportFormat, folder: String) -> String {
        let place = Printable.text(folder, limit: 400)
        switch outcome {
        case .nothing: return "no client changed; nothing was exported\n"
        case .already(let manifest):
            return "exported before: \(place)/\(manifest) holds the same; remove it to have the files made again\n"
        case .made(let tally):
            var text = "exported \(Figure.plural(tally.clients, "client", "clients"))"
            if tally.deleted > 0 { text += ", told \(Figure.count(tally.deleted)) deleted" }
            text += " as \(format.rawValue), \(Figure.plural(tally.files, "file", "files"))"
            if tally.isResumed { text += ", going on where an earlier run stopped" }
            text += "\n  manifest  \(place)/\(tally.manifest)\n"
            if tally.isRecorded { text += "  the next one goes on from here with --since last\n" }
            return text
        }
    }

    /// What somebody has to do: clients that were left out, by reason.
    static func warnings(_ tally: ExportTally) -> [UserMessage] {
        tally.withheld.sorted { $0.key.rawValue < $1.key.rawValue }.map { reason, count in
            UserMessage(
                "export",
                "left out \(Figure.plural(count, "client", "clients")): each \(reason.explanation.what)",
                reference: reason.rawValue,
                remedy: "\(reason.explanation.remedy); which: the files ending in .withheld.ndjson"
            )
        }
    }

    static func json(_ outcome: ExportOutcome, format: ExportFormat, folder: String) -> ByteBuffer {
        let buffer = ByteBuffer()
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("v", 1)
        json.member("format", format.rawValue)
        json.member("folder", folder)
        switch outcome {
        case .nothing: json.member("outcome", "nothing")
        case .already(let manifest):
            json.member("outcome", "already")
            json.member("manifest", manifest)
        case .made(let tally):
            json.member("outcome", "made")
            json.member("manifest", tally.manifest)
            json.member("clients", tally.clients)
            json.member("deleted", tally.deleted)
            json.member("withheld", tally.withheldCount)
            json.member("files", tally.files)
            json.member("through", tally.through)
            json.member("resumed", tally.isResumed)
            json.member("recorded", tally.isRecorded)
        }
        json.endObject()
        return buffer
    }
}
