import Operations
import Spool

/// Whether the spool's disk has the room `spool.min_free` asks for; below it nothing is taken.
enum FreeSpaceCheck {
    static func require(_ spool: Spool, _ configuration: Configuration) throws(Failure) {
        let free: FreeSpace
        do throws(SpoolError) { free = try spool.freeSpace() } catch { throw Failure(error) }
        var need = FreeSpace.Need()
        need.bytes = Int64(configuration.spool.minFree.bytes)
        need.percent = 0
        guard !free.isEnough(for: need) else { return }
        let have = "\(Figure.bytes(free.bytes))\(free.inodes.map { " and \(Figure.count(Int($0))) inodes" } ?? "") free"
        let message = UserMessage(
            spool.path,
            "nothing is taken with \(have); spool.min_free is \(configuration.spool.minFree)",
            remedy: "free space on the spool's file system; then run again, nothing is lost"
        )
        throw Failure(message, name: "spool_disk_low", .temporary)
    }
}
