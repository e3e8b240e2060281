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

    @Test("that cannot be made says where and why")
    func unusable() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/none/cache.sqlite"
        let fault = RefreshLock.Fault.unusable(path: "\(path).refresh.lock", errno: ENOENT)
        #expect(throws: fault) { _ = try RefreshLock(cache: path) }
    }
}
