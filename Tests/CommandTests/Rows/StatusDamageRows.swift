import Simulator

extension StatusRow {
    /// What cannot be found out is unknown.
    static let damage = [
        StatusRow("the configuration has a fault", exit: 3, "error configuration.unknownKey exit 78") { site in
            try site.fill()
            try site.folder.write("workerz: 3\n", to: "counterfoil.yaml")
        },
        StatusRow("the cache is no database", exit: 3, "error cache.cannot_open exit 75") { site in
            try site.fill()
            try site.overwrite("state/cache.sqlite")
        },
        StatusRow("the ledger is no database", exit: 3, "error ledger.corrupt exit 1") { site in
            try site.fill()
            _ = try site.runAsOf("process")
            try site.overwrite("state/ledger.sqlite")
        },
    ]
}

extension Site {
    /// Damages a database beyond reading.
    fileprivate func overwrite(_ name: String) throws {
        for end in ["-wal", "-shm"] where folder.has(name + end) { try folder.remove(name + end) }
        try folder.write(String(repeating: "no database ", count: 1000), to: name)
    }
}
