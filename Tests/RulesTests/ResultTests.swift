import Encoding
import OpenBanking
import Testing

/// The result document and the answers a gateway replays (docs/FORMATS.md, "Result"; R-158, R-160).
struct ResultTests {
    private func document(_ answer: ResultAnswer, line: Int? = 3, findings: [Finding] = []) -> String {
        var evidence = ResultEvidence(
            snapshot: 7,
            decidedAt: Stage.now,
            arrivedAt: Stage.now - 5,
            possession: .attested
        )
        evidence.directoryKeyID = ByteSlice("dir=")
        evidence.requestKeyID = ByteSlice("req")
        evidence.certificateSHA256 = "ab"
        evidence.keysFetchedAt = Stage.now - 600
        evidence.overrides = findings.map(\.rule)
        let result = ResultDocument(
            source: ResultSource(file: "a.ndjson", line: line),
            reference: ByteSlice("ref-1"),
            requestSHA256: "00ff",
            outcome: .rejected,
            findings: findings,
            evidence: evidence
        )
        let buffer = ByteBuffer()
        #expect(throws: Never.self) { try result.write(to: buffer, answer: answer) }
        return buffer.all.string
    }

    private func description(_ text: String) throws -> String {
        let json = JSONDocument()
        try json.parse(ByteSlice(document(.refused(.invalidClientMetadata, description: text))))
        return try #require(json.root["response"]?["error_description"]?.text?.string)
    }

    @Test("a refusal, byte for byte")
    func refusal() {
        let finding = Finding(
            rule: .scopeKnown,
            severity: .error,
            code: .invalidClientMetadata,
            source: "OB DCR 3.3, scope",
            message: "a scope is unknown here",
            value: "email",
            remedy: "Leave it out."
        )
        #expect(
            document(
                .refused(.invalidClientMetadata, description: "R-111: a scope is unknown here"),
                findings: [finding]
            )
                == """
                {"v":1,"ref":"ref-1","source":{"file":"a.ndjson","line":3},"request_sha256":"00ff","outcome":"rejected",\
                "http":{"status":400,"headers":{"Content-Type":"application/json","Cache-Control":"no-store",\
                "Pragma":"no-cache"}},"response":{"error":"invalid_client_metadata",\
                "error_description":"R-111: a scope is unknown here"},"findings":[{"rule":"R-111","severity":"error",\
                "code":"invalid_client_metadata","source":"OB DCR 3.3, scope","message":"a scope is unknown here",\
                "value":"email","remedy":"Leave it out."}],"evidence":{"directory_kid":"dir=","request_kid":"req",\
                "certificate_sha256":"ab","snapshot":7,"keys_fetched_at":1799999400,"arrived_at":1799999995,\
                "decided_at":1800000000,"tls_possession":"attested","overrides":["R-111"]}}
                """
        )
    }

    @Test("the other answers: status, headers, body")
    func answers() {
        let kept = #""Cache-Control":"no-store","Pragma":"no-cache""#
        let rows: [(ResultAnswer, String)] = [
            (.deleted, "\"http\":{\"status\":204,\"headers\":{\(kept)}},\"findings\""),
            (
                .unauthorised,
                "\"http\":{\"status\":401,\"headers\":{\(kept),"
                    + #""WWW-Authenticate":"Bearer error=\"invalid_token\""}},"findings""#
            ),
            (.forbidden, "\"http\":{\"status\":403,\"headers\":{\(kept)}},\"findings\""),
            (
                .notOffered(methods: "GET, PUT"),
                "\"http\":{\"status\":405,\"headers\":{\(kept),\"Allow\":\"GET, PUT\"}},\"findings\""
            ),
            (.failed, "\"http\":{\"status\":500,\"headers\":{\(kept)}},\"findings\""),
            (
                .unauthenticated(description: "R-116: expired"),
                "\"http\":{\"status\":401,\"headers\":{\"Content-Type\":\"application/json\",\(kept),"
                    + #""WWW-Authenticate":"Bearer error=\"invalid_token\""}},"response":{"error":"invalid_client","#
                    + #""error_description":"R-116: expired"},"findings""#
            ),
            (.pending, #""outcome":"rejected","findings""#),
            (
                .expired,
                "\"http\":{\"status\":503,\"headers\":{\"Content-Type\":\"application/json\",\(kept)}},\"findings\""
            ),
            (.stored(ByteSlice(#"{"client_id":"c"}"#)), #""status":200,"#),
            (.stored(ByteSlice(#"{"client_id":"c"}"#)), #""response":{"client_id":"c"},"findings""#),
        ]
        for (answer, part) in rows { #expect(document(answer).contains(part), "\(document(answer))") }
    }

    @Test("a duplicate names the first result")
    func duplicates() {
        let prior = PriorResult(
            match: .jti,
            outcome: .accepted,
            clientID: "c",
            resultName: "first.json",
            line: nil,
            decidedAt: Stage.now
        )
        #expect(
            document(.duplicate(of: prior)).contains(
                #""duplicate_of":{"same":"iss and jti","outcome":"accepted","client_id":"c","result":"first.json","decided_at":1800000000}"#
            )
        )
    }

    @Test("a single has no line, a missing reference is null")
    func singles() {
        #expect(document(.pending, line: nil).contains(#""source":{"file":"a.ndjson"},"#))
        let evidence = ResultEvidence(snapshot: 0, decidedAt: 0, arrivedAt: 0, possession: .unproven)
        let result = ResultDocument(
            source: ResultSource(file: "a"),
            reference: nil,
            requestSHA256: "",
            outcome: .deferred,
            findings: [],
            evidence: evidence
        )
        let buffer = ByteBuffer()
        #expect(throws: Never.self) { try result.write(to: buffer, answer: .pending) }
        #expect(buffer.all.hasPrefix(#"{"v":1,"ref":null,"#))
        #expect(!buffer.all.string.contains("overrides"))
    }

    @Test(
        "a description is 1 to 500 printable ASCII characters without quotation marks and backslashes (R-158)",
        arguments: [
            ("plain", "plain"), ("", "invalid_client_metadata"), ("caf\u{E9}", "caf?"), ("a\"b\\c", "a'b/c"),
            ("a\nb\u{7F}", "a?b?"), ("\u{1F3E6}", "?"),
            (String(repeating: "x", count: 501), String(repeating: "x", count: 500)),
            (String(repeating: "x", count: 500), String(repeating: "x", count: 500)),
            (String(repeating: "\u{E9}", count: 501), String(repeating: "?", count: 500)),
        ]
    )
    func descriptions(_ text: String, _ written: String) throws {
        #expect(try description(text) == written)
    }

    @Test("hostile values stay one line of strict JSON")
    func hostileValues() throws {
        let finding = Finding(
            rule: .audience,
            severity: .error,
            code: nil,
            source: "\u{2028}",
            message: "a\nb\u{0}",
            value: "\u{1B}[2J\u{202E}\"",
            remedy: "\\"
        )
        let text = document(.pending, findings: [finding])
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x2028 || $0.value == 0x202E })
        let json = JSONDocument()
        try json.parse(ByteSlice(text))
        #expect(
            json.root["findings"].flatMap { Array($0.elements).first }?["message"]?.text?.equals("a\nb\u{0}") == true
        )
    }
}
