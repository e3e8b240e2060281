import Encoding
import Operations

/// How a wait for fresh keys ended.
enum WaitScreen {
    static func text(_ result: FreshnessWait.Result) -> String {
        let standing = result.standing
        let fresh = "\(Figure.count(standing.sources - standing.behind)) of \(Figure.count(standing.sources))"
        let took = Age.took(milliseconds: result.milliseconds)
        return "\(fresh) sources fresh   snapshot \(Figure.count(result.generation))   waited \(took)\n"
    }

    /// What to tell when the time is over.
    static func message(_ result: FreshnessWait.Result) -> UserMessage {
        let standing = result.standing
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

    static func json(_ result: FreshnessWait.Result) -> ByteBuffer {
        let buffer = ByteBuffer()
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("v", 1)
        json.member("fresh", result.standing.isReached)
        json.member("sources", result.standing.sources)
        json.member("behind", result.standing.behind)
        json.member("generation", result.generation)
        json.member("ms", result.milliseconds)
        json.endObject()
        return buffer
    }
}
