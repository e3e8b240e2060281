import Encoding
import Operations
import Simulator

/// Makes a workload where none was given.
enum OwnWorkload {
    /// Writes it to `folder`, which must not exist; tells how far it is where a person watches.
    static func write(to folder: String, requests: Int) throws(Failure) {
        guard !Folders.exists(folder) else {
            let message = UserMessage(folder, "is there already", remedy: "name a folder that does not exist")
            throw Failure(message, name: "workload", .usage)
        }
        let watch = StopWatch()
        do throws(SimulatorError) {
            let workload = try BenchmarkWorkload(now: Clock.system.now())
            try workload.write(to: folder, count: requests)
        } catch {
            FolderRemoval.remove(folder)
            let message = UserMessage(folder, "\(error)", remedy: "name a folder that can be written with --folder")
            throw Failure(message, name: error.code, .unexpected)
        }
        StandardError.write(
            "\(Figure.count(requests)) requests made in \(Age.took(milliseconds: watch.elapsed / 1000)): PS256, "
                + "one of \(BenchmarkWorkload.wrongEvery) wrong in \(BenchmarkWorkload.faults.count) known ways\n"
        )
    }
}
