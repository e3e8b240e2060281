import Glibc
import Testing

@Suite("A program that a test starts")
struct RunningTests {
    @Test("has none of the files that are open here")
    func files() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/open"
        let file = open(path, O_WRONLY | O_CREAT, 0o600)
        defer { close(file) }
        let result = try Running(words: ["sh", "-c", "ls -l /proc/$$/fd"], in: folder).wait()
        #expect(result.code == 0 && result.output.contains("/.out."), "\(result)")
        #expect(!result.output.contains(path), "\(result.output)")
    }
}
