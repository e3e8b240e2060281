import Encoding
import Operations

/// How a wait for fresh keys or a drained spool ended.
enum WaitScreen {
    static func text(_ result: SiteWait.Result) -> String {
        var parts: [String] = []
        if let standing = result.standing {
            let fresh = "\(Figure.count(standing.sources - standing.behind)) of \(Figure.count(standing.sources))"
            parts += ["\(fresh) sources fresh", "snapshot \(Figure.count(result.generation))"]
        }
        if let undone = result.undone {
            parts.append(undone == 0 ? "spool drained" : "\(Figure.plural(undone, "file", "files")) not answered yet")
        }
        return (parts + ["waited \(Age.took(milliseconds: result.milliseconds))"]).joined(separator: "   ") + "\n"
    }

    /// What to tell when the time is over.
    static func message(_ result: SiteWait.Result) -> UserMessage {
        guard let standing = result.standing, !standing.isReached else {
            let undone = result.undone ?? 0
            let what = "\(Figure.plural(undone, "file is", "files are")) not answered yet"
            let remedy =
                "look at them with: counterfoil spool list, and whether anything works on them with: counterfoil status"
            return UserMessage("counterfoil", what, remedy: remedy)
        }
        let what =
            standing.sources == 0
            ? "no source of keys is known yet"
            : "\(Figure.plural(standing.behind, "source is", "sources are")) not fresh\(worst(standing))"
        return UserMessage("counterfoil", what, remedy: "look at them with: counterfoil status --sources")
    }

    private static func worst(_ standing: FreshnessGoal.Standing) -> String {
        guard let worst = standing.worst else { return "" }
        let why = worst.error.map { ", \(Printable.text($0, limit: 60))" } ?? ""
        return ", such as \(worst.className) \(Printable.text(worst.name, limit: 60)) (\(worst.sign.word)\(why))"
    }

    static func json(_ result: SiteWait.Result) -> ByteBuffer {
        let buffer = ByteBuffer()
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("v", 1)
        if let standing = result.standing {
            json.member("fresh", standing.isReached)
            json.member("sources", standing.sources)
            json.member("behind", standing.behind)
            json.member("generation", result.generation)
        }
        if let undone = result.undone {
            json.member("drained", undone == 0)
            json.member("undone", undone)
        }
        json.member("ms", result.milliseconds)
        json.endObject()
        return buffer
    }
}
