import Operations
import Testing

/// Files that cannot be read as a configuration at all.
extension ConfigurationFaultTests {
    @Test("shows a file fault without a place")
    func unreadable() {
        do throws(ConfigurationFaults) {
            _ = try ConfigurationReader.load(path: "/does/not/exist.yaml")
            Issue.record("no fault")
        } catch {
            #expect(error.description == "/does/not/exist.yaml: cannot be read: no such file or directory (ENOENT)")
        }
    }

    @Test("refuses a folder")
    func folder() {
        do throws(ConfigurationFaults) {
            _ = try ConfigurationReader.load(path: "/")
            Issue.record("no fault")
        } catch {
            #expect(error.description == "/: cannot be read: it is not a file")
        }
    }

    @Test("refuses bytes that are not UTF-8, and says where")
    func notText() {
        do throws(ConfigurationFaults) {
            _ = try ConfigurationReader.read(bytes: Array("log: {}\n# a".utf8) + [0xFF], file: "c.yaml")
            Issue.record("no fault")
        } catch {
            #expect(error.description == "c.yaml:2:4: not UTF-8 text")
        }
    }

    @Test("is refused above 1 MiB and read at 1 MiB")
    func size() throws {
        let limit = ConfigurationReader.byteLimit
        _ = try ConfigurationReader.read(text: String(repeating: "#", count: limit), file: "c.yaml")
        do throws(ConfigurationFaults) {
            _ = try ConfigurationReader.read(text: String(repeating: "#", count: limit + 1), file: "c.yaml")
            Issue.record("no fault")
        } catch {
            #expect(error.description == "c.yaml: larger than 1MiB, so it is no configuration file")
        }
    }
}
