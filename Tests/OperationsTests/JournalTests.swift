import Encoding
import Glibc
import Testing

@testable import Operations

@Suite("The journal")
struct JournalTests {
    private func line(_ fields: [LogField]) -> LogLine {
        LogLine(time: 0, level: .warning, event: "source.state", message: "A source changed its state", fields: fields)
    }

    @Test("an entry is fields by name")
    func entry() {
        let entry = JournalEntry(line: line([.count(.due, 12), .sourceClass("crl"), .reason("time out")]))
        #expect(
            String(decoding: entry.bytes, as: UTF8.self) == """
                MESSAGE=A source changed its state due=12 class=crl reason="time out"
                PRIORITY=4
                SYSLOG_IDENTIFIER=counterfoil
                COUNTERFOIL_EVENT=source.state
                MESSAGE_ID=\(EventID.of("source.state"))
                COUNTERFOIL_DUE=12
                COUNTERFOIL_CLASS=crl
                COUNTERFOIL_REASON=time out

                """
        )
    }

    @Test("no value can add a field or grow without bound")
    func hostile() {
        let text = "x\nPRIORITY=0\nMESSAGE_ID=00\u{0}" + String(repeating: "\u{1F600}", count: 10_000)
        let bytes = JournalEntry(line: line([.keyID(text), .path(text), .reason(text)])).bytes
        let lines = bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
        #expect(lines.count { $0.hasPrefix("PRIORITY=") } == 1)
        #expect(lines.count { $0.hasPrefix("MESSAGE_ID=") } == 1)
        #expect(bytes.count < 8192)
    }

    @Test("each event has a number of its own, of 32 digits")
    func numbers() {
        let numbers = Event.allCases.map { EventID.of($0.rawValue) }
        #expect(Set(numbers).count == numbers.count)
        for number in numbers { #expect(number.count == 32 && number.allSatisfy { $0.isHexDigit && !$0.isUppercase }) }
        #expect(EventID.of("service.start") == "6b1f4c0e93a74d52" + "4e3045fc3e3d7aee")
    }

    @Test("entries go to the socket, and as lines where nobody takes them")
    func socket() throws {
        let path = "/tmp/counterfoil-journal-\(getpid())"
        defer { unlink(path) }
        #expect(JournalSocket(path: path) == nil)
        let server = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(server, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        #expect(bound == 0)
        let sink = Sink()
        let journal = try #require(JournalSocket(path: path))
        let log = Log(.journal, level: .info, clock: .fixed(0), journal: journal) { sink.write($0) }
        log(.refreshDone, "Refreshed", .count(.due, 3))
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = recv(server, &buffer, buffer.count, Int32(MSG_DONTWAIT))
        #expect(String(decoding: buffer.prefix(max(0, count)), as: UTF8.self).contains("\nCOUNTERFOIL_DUE=3\n"))
        #expect(sink.all.isEmpty)
        close(server)
        log(.refreshDone, "Refreshed", .count(.due, 4))
        #expect(sink.all == ["<6>refresh.done Refreshed due=4\n"])
    }
}
