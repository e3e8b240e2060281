import Glibc
import Testing

@testable import Refresh

@Suite("The lock of a refresh")
struct RefreshLockTests {
    @Test("keeps a second one out, names the holder, and ends with it")
    func excludes() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/cache.sqlite"
        do {
            let lock = try RefreshLock(cache: path)
            #expect(throws: RefreshLock.Fault.held(by: getpid())) { _ = try RefreshLock(cache: path) }
            _ = consume lock
        }
        _ = try RefreshLock(cache: path)
    }

    @Test("ends with it also while a program is being started, which shares every open file until it runs")
    func shared() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/cache.sqlite"
        var copy: Int32 = -1
        do {
            let lock = try RefreshLock(cache: path)
            copy = folder.shared("cache.sqlite.refresh.lock")
            _ = consume lock
        }
        try #require(copy >= 0)
        defer { close(copy) }
        _ = try RefreshLock(cache: path)
    }

    @Test("that cannot be made says where and why")
    func unusable() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/none/cache.sqlite"
        let fault = RefreshLock.Fault.unusable(path: "\(path).refresh.lock", errno: ENOENT)
        #expect(throws: fault) { _ = try RefreshLock(cache: path) }
    }
}
