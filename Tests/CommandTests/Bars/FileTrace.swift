import Foundation

/// The calls of one run of the program that open for writing, rename, make or remove, as strace writes them.
struct FileTrace {
    /// Every call on a path.
    let all: [Substring]
    let result: Program.Result

    static let isPossible = Tool.path("strace") != nil

    /// Runs the program under strace.
    init(_ words: [String], in folder: TemporaryFolder) throws {
        let trace = folder.path + "/trace-\(UInt32.random(in: 0 ... .max))"
        let calls = "openat,open,renameat2,renameat,rename,linkat,unlinkat,mkdirat,mkdir,unlink,symlinkat"
        let strace = [Tool.path("strace") ?? "strace", "-f", "-y", "-qq", "-o", trace, "-e", "trace=\(calls)"]
        result = try Running(words: strace + [Program.path] + words, in: folder).waitLong()
        all = try TemporaryFolder.text(at: trace).split(separator: "\n")
    }

    /// Those that change something.
    var changes: [Substring] {
        all.filter { call in
            guard call.contains("open") else { return call.contains("(") && !call.contains("resumed>") }
            return ["O_WRONLY", "O_RDWR", "O_CREAT"].contains { call.contains($0) }
        }
    }
}
