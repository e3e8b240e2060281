import Simulator

extension StatusRow {
    private static let (minute, hour, day): (Int64, Int64, Int64) = (60, 3600, 86_400)
    private static let empty = "{\"keys\":[]}"

    static let all = beginnings + ages + failures + holds + trust + work + damage

    /// Before there is anything, and just after.
    private static let beginnings = [
        StatusRow("nothing is there but an empty spool", exit: 2, "critical keys=null ledger=null [keys critical]") {
            _ in
        },
        StatusRow(
            "neither is the spool",
            exit: 2,
            "critical keys=null spool=null ledger=null [keys critical] [spool critical]"
        ) { try $0.folder.remove("spool") },
        StatusRow("all is fresh", exit: 0, "ok ledger=null"),
        StatusRow("the spool is gone", exit: 2, "critical spool=null ledger=null [spool critical]") { site in
            try site.fill()
            try site.folder.remove("spool")
        },
        StatusRow("only the directory was fetched so far", exit: 0, "ok ledger=null never=33") { site in
            let url = site.forge.directory.directoryURL
            _ = try site.runAsOf("refresh", "--mirror", "mirror", "--source", url)
        },
        StatusRow("a pass was made", exit: 0, "ok") { site in
            try site.fill()
            try site.drop(stem: "good")
            _ = try site.runAsOf("process")
        },
    ]

    /// Nobody refreshes.
    private static let ages = [
        StatusRow("the last second of being fresh", after: hour - 1, exit: 0, "ok ledger=null"),
        StatusRow(
            "everything but the revocation lists is stale",
            after: hour,
            exit: 1,
            "warning keys=warning ledger=null stale=32 [keys warning] [keys warning]"
        ),
        StatusRow(
            "the revocation lists are stale too",
            after: 4 * hour,
            exit: 1,
            "warning keys=warning ledger=null stale=34 [keys warning] [keys warning]"
        ),
        StatusRow(
            "the participants' keys are unusable",
            after: day,
            exit: 2,
            "critical keys=critical ledger=null stale=4 unusable=30 [keys critical] [keys critical] [keys warning]"
        ),
        StatusRow(
            "everything is unusable",
            after: 3 * day,
            exit: 2,
            "critical keys=critical ledger=null unusable=34 [keys critical] [keys critical]"
        ),
        StatusRow(
            "stale is critical where the bank says so",
            settings: ["alerts": "{stale_sources: [1, 2]}"],
            after: hour,
            exit: 2,
            "critical keys=critical ledger=null stale=32 [keys warning] [keys critical]"
        ),
        StatusRow(
            "stale is nothing where the bank says so",
            settings: [
                "alerts": "{stale_sources: [100, 200], key_age: [2h, 3h]}"
            ],
            after: hour,
            exit: 0,
            "ok ledger=null stale=32"
        ),
    ]

    /// Refreshes fail.
    private static let failures = [
        StatusRow("a source fails and is fresh still", after: 30 * minute, exit: 0, "ok ledger=null") { site in
            try site.fill()
            try site.folder.remove(site.softwareFile(0))
            try site.refreshAgain(after: 30 * minute)
        },
        StatusRow(
            "a source fails and is stale",
            after: hour,
            exit: 1,
            "warning keys=warning ledger=null stale=1 [keys warning]"
        ) { site in
            try site.fill()
            try site.folder.remove(site.softwareFile(0))
            try site.refreshAgain(after: hour)
        },
        StatusRow(
            "a source fails and is unusable",
            after: day,
            exit: 2,
            "critical keys=critical ledger=null unusable=1 [keys critical]"
        ) { site in
            try site.fill()
            try site.folder.remove(site.softwareFile(0))
            try site.refreshAgain(after: day)
        },
        StatusRow(
            "a source was never fetched",
            exit: 1,
            "warning keys=warning ledger=null never=1 unreached=1 [keys warning]"
        ) { site in
            try site.folder.remove(site.softwareFile(0))
            _ = try site.refresh()
        },
        StatusRow(
            "the directory was never fetched",
            exit: 2,
            "critical keys=critical ledger=null never=1 unreached=1 [keys critical] [keys warning]"
        ) { site in
            try site.folder.remove(site.directoryFile)
            _ = try site.refresh()
        },
        StatusRow(
            "the directory fails for two hours",
            after: 2 * hour,
            exit: 1,
            "warning keys=warning ledger=null stale=1 [keys warning] [keys warning]"
        ) { site in
            try site.fill()
            try site.folder.remove(site.directoryFile)
            try site.refreshAgain(after: 2 * hour)
        },
        StatusRow(
            "the directory fails for a day",
            after: day,
            exit: 2,
            "critical keys=critical ledger=null stale=1 [keys critical] [keys warning]"
        ) { site in
            try site.fill()
            try site.folder.remove(site.directoryFile)
            try site.refreshAgain(after: day)
        },
    ]

    /// Bodies that wait for an operator.
    private static let holds = [
        StatusRow(
            "a software's set was emptied",
            after: minute,
            exit: 1,
            "warning keys=warning ledger=null held=1 [keys warning]"
        ) { site in
            try site.fill()
            try site.folder.write(empty, to: site.softwareFile(0))
            try site.refreshAgain(after: minute)
        },
        StatusRow(
            "the directory's set was emptied",
            after: minute,
            exit: 1,
            "warning keys=warning ledger=null held=1 [keys warning]"
        ) { site in
            try site.fill()
            try site.folder.write(empty, to: site.directoryFile)
            try site.refreshAgain(after: minute)
        },
        StatusRow(
            "the directory's set was replaced",
            after: minute,
            exit: 1,
            "warning keys=warning ledger=null held=1 [keys warning]"
        ) { site in
            try site.fill()
            try site.folder.write(try site.folder.text(site.softwareFile(0)), to: site.directoryFile)
            try site.refreshAgain(after: minute)
        },
        StatusRow(
            "many sets of a host were emptied at once",
            after: minute,
            exit: 1,
            "warning keys=warning ledger=null held=6 [keys warning] [keys warning]"
        ) { site in
            try site.fill()
            for number in 0..<6 { try site.folder.write(empty, to: site.softwareFile(number)) }
            try site.refreshAgain(after: minute)
        },
        StatusRow("a set was emptied and came back", after: 2 * minute, exit: 0, "ok ledger=null") { site in
            try site.fill()
            let good = try site.folder.text(site.softwareFile(0))
            try site.folder.write(empty, to: site.softwareFile(0))
            try site.refreshAgain(after: minute)
            try site.folder.write(good, to: site.softwareFile(0))
            try site.refreshAgain(after: 2 * minute)
        },
        StatusRow(
            "a set was held until it was unusable",
            after: day + minute,
            exit: 2,
            "critical keys=critical ledger=null unusable=1 [keys critical]"
        ) { site in
            try site.fill()
            try site.folder.write(empty, to: site.softwareFile(0))
            try site.refreshAgain(after: hour)
            try site.refreshAgain(after: day + minute)
        },
    ]

    /// Anchors, clock and policy.
    private static let trust = [
        StatusRow("the anchors are gone", exit: 2, "critical keys=critical ledger=null [keys critical]") { site in
            try site.fill()
            try site.folder.remove("anchors")
        },
        StatusRow(
            "an authority ends soon",
            settings: ["alerts": "{certificate_expiry: [3650d, 14d]}"],
            exit: 1,
            "warning keys=warning ledger=null [keys warning] [keys warning]"
        ),
        StatusRow(
            "an authority ends very soon",
            settings: ["alerts": "{certificate_expiry: [3650d, 3649d]}"],
            exit: 2,
            "critical keys=critical ledger=null [keys critical] [keys warning]"
        ),
        StatusRow("the clock is five minutes behind", after: -300, exit: 0, "ok ledger=null"),
        StatusRow(
            "the clock is more than five minutes behind",
            after: -301,
            exit: 2,
            "critical keys=critical ledger=null [keys critical]"
        ),
        StatusRow(
            "a rule is overridden",
            settings: ["policy": "{certificate_profiles: {legacy: allow}, overrides: {R-107: warning}}"],
            exit: 1,
            "warning ledger=null [policy warning]"
        ),
    ]

    /// Requests, files and disks.
    private static let work = [
        StatusRow("a request waits", exit: 1, "warning keys=warning never=1 unreached=1 [keys warning]") {
            try $0.deferOne()
        },
        StatusRow(
            "a request waits where none should",
            settings: ["alerts": "{deferred: [1, 10]}"],
            exit: 1,
            "warning keys=warning spool=warning never=1 unreached=1 [keys warning] [spool warning]"
        ) {
            try $0.deferOne()
        },
        StatusRow(
            "a request waits where none may",
            settings: ["alerts": "{deferred: [1, 1]}"],
            exit: 2,
            "critical keys=warning spool=critical never=1 unreached=1 [keys warning] [spool critical]"
        ) {
            try $0.deferOne()
        },
        StatusRow(
            "a request waits for a quarter of an hour",
            settings: ["alerts": "{oldest_deferred: [15m, 30m]}"],
            after: 15 * minute,
            exit: 1,
            "warning keys=warning spool=warning never=1 unreached=1 [keys warning] [spool warning]"
        ) {
            try $0.deferOne()
        },
        StatusRow("a file was set aside", exit: 0, "ok") { site in
            try site.fill()
            try site.folder.write("no request at all", to: "spool/incoming/odd.jwt")
            _ = try site.runAsOf("process")
        },
        StatusRow(
            "the disk has little room",
            settings: ["alerts": "{disk_free: [65536GiB, 1MiB]}"],
            exit: 1,
            "warning spool=warning ledger=null [spool warning]"
        ),
        StatusRow(
            "the disk is full",
            settings: ["alerts": "{disk_free: [65536GiB, 65535GiB]}"],
            exit: 2,
            "critical spool=critical ledger=null [spool critical]"
        ),
    ]
}

extension Site {
    /// A request whose software's set is missing waits.
    fileprivate func deferOne() throws {
        try fill()
        try folder.remove("state/cache.sqlite")
        try folder.remove(softwareFile(0))
        _ = try refresh()
        try drop(stem: "waits", number: 0)
        _ = try runAsOf("process")
    }
}
