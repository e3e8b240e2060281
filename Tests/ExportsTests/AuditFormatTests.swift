import Crypto
import Encoding
import Foundation
import Ledger
import Testing

@testable import Exports

@Suite("Forms of the audit")
struct AuditFormatTests {
    /// Records as they are written, and some as nobody should write them.
    static let records = [
        #"{"event":"client.issued","request_sha256":"5f1c","result":"results/2026-11-22/a.json","line":7,"client_id":"c-1","#
            + #""software_id":"s-1","org_id":"o-1","time_basis":"arrival","evidence":{"directory_kid":"d=","request_kid":"r","#
            + #""certificate_sha256":"ab12","environment":"sandbox","snapshot":418,"keys_fetched_at":1795305000,"#
            + #""arrived_at":1795305599,"decided_at":1795305600,"tls_possession":"attested"},"actor":{"uid":998},"host":"dcr1"}"#,
        #"{"event":"request.rejected","request_sha256":"77aa","result":"results/2026-11-22/b.json","rule":"R-107","#
            + #""rules":["R-107","R-111"],"time_basis":"arrival","evidence":{"snapshot":418},"actor":{"uid":998},"host":"dcr1"}"#,
        #"{"event":"key.revoked","subject":"key 0a0b","reason":"key_compromise","by":"jo|=\\","why":"line 1\nline=2 \u0007 caf\u00e9","#
            + #""actor":{"uid":0,"login_uid":1000},"host":"dcr1"}"#,
        #"{"event":"policy.changed","subject":"policy.fapi","settings":[{"key":"policy.fapi","from":"true","to":"false"}],"#
            + #""actor":{"uid":998},"host":"dcr1"}"#,
        #"{"event":"export.made","format":"csv","clients":3,"secrets":false,"uid":1000}"#,
        #"{"event":"something.new","what":1}"#,
        "not JSON at all",
    ]

    static func entries() -> [AuditEntry] {
        var (previous, entries) = (AuditChain.start, [AuditEntry]())
        for (index, text) in records.enumerated() {
            let (number, at) = (Int64(index + 1), 1_795_305_600 + Int64(index))
            let hash = AuditChain.hash(previous: previous, number: number, at: at, text: text)
            entries.append(AuditEntry(AuditLine(number: number, at: at, text: text, previous: previous, hash: hash)))
            previous = hash
        }
        return entries
    }

    static func golden(_ format: AuditFormat) -> URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Golden/audit.\(format.rawValue)")
    }

    @Test("are those of the golden files", arguments: AuditFormat.allCases)
    func golden(_ format: AuditFormat) throws {
        let buffer = ByteBuffer()
        for entry in Self.entries().dropLast(format == .ndjson ? 1 : 0) {
            format.write(entry, version: "1.2.3", to: buffer)
        }
        let file = Self.golden(format)
        if ProcessInfo.processInfo.environment["COUNTERFOIL_WRITE_GOLDEN"] != nil {
            try Data(buffer.all.bytes).write(to: file)
        }
        #expect(buffer.all.string == (try String(contentsOf: file, encoding: .utf8)))
    }

    @Test("each event has a class of its own by choice, and what is refused is told as a failure")
    func classes() {
        for event in AuditEvent.allCases {
            #expect(AuditClass.of(event).activity != 99, "\(event)")
            #expect(!event.meaning.isEmpty)
        }
        #expect(AuditEvent.allCases.filter { !$0.isSuccess } == [.requestRejected, .requestMalformed, .bundleRefused])
    }

    @Test("our own is read back to the byte, and its chain verified line by line")
    func native() throws {
        var check = AuditFileCheck()
        for entry in Self.entries().dropLast() {
            let buffer = ByteBuffer()
            AuditNative.write(entry.line, to: buffer)
            #expect(AuditNative.read(buffer.all) == entry.line)
            let fits = check.take(buffer.all)
            #expect(fits)
        }
        let head = Self.entries()[Self.records.count - 2].line.hash
        #expect(check.result == .intact(from: 1, through: Int64(Self.records.count - 1), head: head))
    }

    /// What is done to a file of lines, and what is found.
    static let damages: [(String, @Sendable ([String]) -> [String], AuditNative.Reading)] = [
        ("nothing in it", { _ in [] }, .empty),
        (
            "a line changed", { $0.map { $0.replacingOccurrences(of: "R-107", with: "R-108") } },
            .broken(place: 2, .content)
        ),
        ("a line doubled", { [$0[0], $0[0], $0[1]] }, .broken(place: 2, .gap)),
        ("two lines swapped", { [$0[1], $0[0]] }, .broken(place: 2, .gap)),
        (
            "another beginning", { [$0[0].replacingOccurrences(of: "\"previous\":\"0", with: "\"previous\":\"1")] },
            .broken(place: 1, .link)
        ),
        ("text that is no line", { [$0[0], "{}"] }, .unreadable(place: 2)),
    ]

    @Test("a file that was changed is found out", arguments: damages)
    func damaged(_ name: String, _ change: @Sendable ([String]) -> [String], _ reading: AuditNative.Reading) {
        let lines = Self.entries().dropLast().map { entry in
            let buffer = ByteBuffer()
            AuditNative.write(entry.line, to: buffer)
            return buffer.all.string
        }
        var check = AuditFileCheck()
        var rest = change(Array(lines))[...]
        while let line = rest.popFirst(), check.take(ByteSlice(line)) {}
        #expect(check.result == reading, "\(name)")
    }
}
