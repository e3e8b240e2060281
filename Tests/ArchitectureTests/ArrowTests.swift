import Foundation
import Testing

@Suite("Arrows between targets")
struct ArrowTests {
    /// What each target may import of ours and of others (docs/ARCHITECTURE.md).
    static let allowed: [String: Set<String>] = [
        "Encoding": ["CVector"],
        "Crypto": ["CLibcrypto", "Encoding"],
        "JOSE": ["Crypto", "Encoding"],
        "PKIX": ["Crypto", "Encoding"],
        "OpenBanking": ["JOSE", "Encoding"],
        "Rules": ["OpenBanking", "JOSE", "PKIX", "Crypto", "Encoding"],
        "KeyCache": ["JOSE", "PKIX", "Crypto", "Encoding", "GRDB", "GRDBSQLite"],
        "Bundle": ["KeyCache", "JOSE", "PKIX", "Crypto", "Encoding"],
        "Ledger": ["OpenBanking", "Crypto", "Encoding", "GRDB", "GRDBSQLite"],
        "Spool": ["CLinux", "Encoding"],
        "Fetch": ["CLibcurl", "Encoding"],
        "Operations": ["OpenBanking", "Encoding", "Yams", "Logging"],
        "Refresh": ["Fetch", "KeyCache", "JOSE", "PKIX", "Crypto", "Operations", "OpenBanking", "Encoding"],
        "Pipeline": [
            "Rules", "KeyCache", "Ledger", "Spool", "Operations", "OpenBanking", "JOSE", "PKIX", "Crypto", "Encoding",
        ],
        "Report": ["OpenBanking", "Operations", "Encoding"],
        "Exports": ["Ledger", "OpenBanking", "Operations", "Crypto", "Encoding"],
        "Simulator": ["CLibssl", "OpenBanking", "JOSE", "PKIX", "Crypto", "Encoding"],
    ]

    /// The system's own modules, and which targets may use them.
    static let system: [String: Set<String>] = [
        "Glibc": [
            "Encoding", "Crypto", "Spool", "Fetch", "Operations", "Refresh", "Ledger", "KeyCache", "Bundle", "Pipeline",
            "Simulator", "Exports", "counterfoil",
        ],
        "Dispatch": ["Spool", "Pipeline", "Simulator", "counterfoil"],
        "Synchronization": [
            "Crypto", "KeyCache", "Ledger", "Spool", "Fetch", "Operations", "Refresh", "Pipeline", "Simulator",
            "counterfoil",
        ],
    ]

    @Test("each target imports only what its arrows allow", arguments: allowed.keys.sorted())
    func importsFollowTheArrows(_ target: String) throws {
        let allowed = try #require(Self.allowed[target])
        for file in try SourceTree("Sources").files where file.target == target {
            for name in file.imports where !allowed.contains(name) {
                #expect(Self.system[name]?.contains(target) == true, "\(file.path) imports \(name)")
            }
        }
    }

    @Test("every target has its row here")
    func everyTargetIsListed() throws {
        let targets = Set(try SourceTree("Sources").files.map(\.target))
        #expect(targets.subtracting(Self.allowed.keys) == ["counterfoil"])
    }

    @Test(
        "C libraries have one importer each",
        arguments: [
            ("CLibcrypto", "Crypto"), ("CLibcurl", "Fetch"), ("CLinux", "Spool"), ("CLibssl", "Simulator"),
            ("CVector", "Encoding"),
        ]
    )
    func oneImporter(_ library: String, _ owner: String) throws {
        let importers = Set(try SourceTree("Sources").files.filter { $0.imports.contains(library) }.map(\.target))
        #expect(importers == [owner])
    }

    @Test("no source of ours imports Foundation")
    func noFoundation() throws {
        for file in try SourceTree("Sources").files {
            #expect(!file.imports.contains { $0.hasPrefix("Foundation") }, "\(file.path) imports Foundation")
        }
    }

    @Test("what validates never reaches what fetches")
    func processingIsOffline() throws {
        var reached: Set<String> = []
        var next: Set<String> = ["Pipeline"]
        while let target = next.popFirst() {
            guard reached.insert(target).inserted else { continue }
            next.formUnion(Self.allowed[target] ?? [])
        }
        #expect(reached.isDisjoint(with: ["Fetch", "Refresh", "CLibcurl", "CLibssl", "Simulator"]))
    }
}
