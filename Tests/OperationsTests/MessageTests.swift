import Operations
import Testing

@Suite("Messages")
struct MessageTests {
    @Test("say the thing, what is wrong, why, and what to do")
    func shape() {
        let message = UserMessage(
            "incoming/x.jwt",
            "not a compact JWS",
            reference: "R-004",
            remedy: "send one compact JWS"
        )
        #expect(message.description == "incoming/x.jwt: not a compact JWS (R-004)\n  what to do: send one compact JWS")
        #expect(UserMessage("x", "y", remedy: "z").description == "x: y\n  what to do: z")
    }

    @Test("show hostile names safely")
    func hostile() {
        let message = UserMessage("a\u{1B}[2J\u{202E}\n.jwt", "not read", remedy: "rename it")
        #expect(message.description.hasPrefix("a\\u{1B}[2J\\u{202E}\\u{A}.jwt: not read\n"))
    }

    @Test(
        "stop at twenty",
        arguments: [
            (0, ""), (20, nil), (21, "and 1 more; see results.ndjson"), (337, "and 317 more; see results.ndjson"),
        ] as [(Int, String?)]
    )
    func limit(_ count: Int, _ tail: String?) {
        var list = MessageList(rest: "results.ndjson")
        for number in 0..<count { list.add(UserMessage("f\(number)", "bad", remedy: "fix it")) }
        let lines = list.text.split(separator: "\n")
        #expect(list.count == count)
        #expect(list.shown.count == min(count, 20))
        if let tail, !tail.isEmpty { #expect(lines.last.map(String.init) == tail) }
        #expect(lines.count == min(count, 20) * 2 + (count > 20 ? 1 : 0))
    }
}
