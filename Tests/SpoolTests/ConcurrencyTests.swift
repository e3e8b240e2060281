import Dispatch
import Encoding
import Glibc
import Synchronization
import Testing

@testable import Spool

@Suite("Several workers at once")
struct ConcurrencyTests {
    @Test("read and stage a group, each file once")
    func readAndStage() throws {
        let place = try TemporarySpool()
        let spool = try place.open()
        for number in 0..<300 { try place.write("incoming/\(number).jwt", "request \(number)") }
        let group = try #require(try spool.intake().take(at: TemporarySpool.now).group)
        let faults = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 4) { worker in
            let buffer = ByteBuffer()
            for index in stride(from: worker, to: group.files.count, by: 4) {
                let file = group.files[index]
                buffer.removeAll()
                do {
                    let text = try file.read(into: buffer)
                    if text.string != "request \(file.stem)" { faults.withLock { $0.append(file.name) } }
                    try spool.stage("\(file.stem).result", text)
                } catch {
                    faults.withLock { $0.append("\(error)") }
                }
            }
        }
        #expect(faults.withLock { $0 } == [])
        try spool.synchronize()
        for name in try spool.stagedNames() {
            #expect(try spool.publish(name, as: name, day: TemporarySpool.day) == .published)
        }
        #expect(place.names("results/\(TemporarySpool.day)").count == 300)
        #expect(place.text("results/\(TemporarySpool.day)/7.result") == "request 7")
    }

    @Test("submit while files are taken: all arrive once, none torn")
    func submitWhileTaking() throws {
        let place = try TemporarySpool()
        let spool = try place.open()
        let submission = try Submission(to: place.root)
        let body = String(repeating: "x", count: 20_000)
        let finished = Atomic<Bool>(false)
        let submitter = DispatchQueue(label: "submitter")
        let faults = Mutex<[String]>([])
        submitter.async { @Sendable in
            for number in 0..<200 {
                do { try submission.submit(ByteSlice(body), as: "\(number).jwt") } catch {
                    faults.withLock { $0.append("\(error)") }
                }
            }
            finished.store(true, ordering: .releasing)
        }
        let intake = spool.intake()
        let buffer = ByteBuffer()
        var seen: [String] = []
        var isLast = false
        while true {
            guard let group = try intake.take(at: TemporarySpool.now).group else {
                if isLast { break }
                isLast = finished.load(ordering: .acquiring)
                sched_yield()
                continue
            }
            for file in group.files {
                buffer.removeAll()
                #expect(try file.read(into: buffer).count == 20_000)
                seen.append(file.name)
            }
        }
        #expect(faults.withLock { $0 } == [])
        #expect(seen.count == 200)
        #expect(Set(seen).count == 200)
        #expect(place.names("failed").allSatisfy { place.names("failed/\($0)").isEmpty })
    }
}
