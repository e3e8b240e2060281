import Foundation
import OpenBanking
import Testing

/// Who may do what, with real users: the drop box, the results, the cache and the ledger of an installation.
@Suite("Users", .enabled(if: InstalledSite.canBeMade, InstalledSite.reason), .serialized)
struct UserTests {
    private static let incoming = "\(InstalledSite.spool)/incoming"

    @Test("one user fetches, another processes, submitters drop, consumers read, strangers do nothing")
    func everybodyAtWork() throws {
        let place = try InstalledSite()
        let folder = place.site.folder
        let refresh = ["refresh", "--all", "--mirror", "mirror", "--as-of", Site.asOf]
        let process = ["process", "--as-of", Site.asOf, "--json"]

        let fetched = try place.run(as: "counterfoil-fetch", refresh)
        #expect(fetched.code == 0, "\(fetched.errors)")
        let cache = "\(InstalledSite.library)/cache/cache.sqlite"
        #expect(try place.rights(cache) == "660 counterfoil-fetch counterfoil-keys")

        try place.site.write(try place.site.make(), to: "tpp-1")
        try place.site.write(try place.site.make(number: 1), to: "tpp-2")
        #expect(try place.run(as: "ada", ["submit", "tpp-1.jwt"]).code == 0)
        #expect(try place.run(as: "bob", ["submit", "tpp-2.jwt"]).code == 0)
        #expect(try place.run(as: "dave", ["submit", "tpp-1.jwt"]).code != 0)
        #expect(try place.run(as: "carol", ["submit", "tpp-1.jwt"]).code != 0)
        try submittersKeepApart(place)

        // Without any network: the kernel keeps it, as in the unit.
        let passed = try place.run(as: "counterfoil", process, before: Self.withoutNetwork)
        #expect(passed.code == 0, "\(passed.errors)")
        #expect(try Summary(passed.output).outcomes[.accepted] == 2)
        #expect(folder.results(in: InstalledSite.spool).count == 2)

        try resultsAreForConsumers(place, try #require(folder.results(in: InstalledSite.spool).first))
        try fetcherSeesNoRequests(place)
        // The other way round: what processed left the cache as who fetches needs it.
        let again = try place.run(as: "counterfoil-fetch", refresh)
        #expect(again.code == 0, "\(again.errors)")
        for user in ["ada", "carol", "dave"] {
            #expect(try place.command(as: user, ["cat", cache]).code != 0)
            #expect(try place.command(as: user, ["ls", InstalledSite.library]).code != 0)
        }
    }

    @Test("a day's folder is made also where setgid may not be set, and results in it have their group")
    func daysWithoutSetgid() throws {
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/strace") else {
            try Test.cancel("skipped: strace is not installed")
        }
        let place = try InstalledSite()
        #expect(
            try place.run(as: "counterfoil-fetch", ["refresh", "--all", "--mirror", "mirror", "--as-of", Site.asOf])
                .code == 0
        )
        try place.site.write(try place.site.make(), to: "tpp-1")
        #expect(try place.run(as: "ada", ["submit", "tpp-1.jwt"]).code == 0)
        // What RestrictSUIDSGID=yes answers to the calls that ask for the bit: for the day's marks, then for its results.
        let refuse = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "inject=fchmodat:error=EPERM:when=1+2"]
        let passed = try place.run(as: "counterfoil", ["process", "--as-of", Site.asOf], before: refuse)
        #expect(passed.code == 0, "\(passed.errors)")
        let result = try #require(place.site.folder.results(in: InstalledSite.spool).first)
        let day = String(result[..<(result.lastIndex(of: "/") ?? result.endIndex)])
        #expect(try place.rights(day) == "750 counterfoil counterfoil-results")
        #expect(try place.rights(result) == "640 counterfoil counterfoil-results")
        #expect(try place.command(as: "carol", ["cat", result]).code == 0)
        let mark = result.replacingOccurrences(of: "/results/", with: "/acks/")
        #expect(try place.command(as: "carol", ["touch", mark]).code == 0)
    }

    @Test(
        "a folder of the spool that may not be written keeps a pass from taking anything",
        arguments: ["results", "acks"]
    )
    func closedFolder(_ name: String) throws {
        let place = try InstalledSite()
        let refresh = ["refresh", "--all", "--mirror", "mirror", "--as-of", Site.asOf]
        #expect(try place.run(as: "counterfoil-fetch", refresh).code == 0)
        try place.site.write(try place.site.make(), to: "tpp-1")
        #expect(try place.run(as: "ada", ["submit", "tpp-1.jwt"]).code == 0)
        let folder = "\(InstalledSite.spool)/\(name)"
        let mode = try place.rights(folder).prefix { $0 != " " }
        #expect(try place.command(as: "counterfoil", ["chmod", "u-w", folder]).code == 0)
        let refused = try place.run(as: "counterfoil", ["process", "--as-of", Site.asOf])
        #expect(refused.code == 75 && refused.errors.contains("/\(name): cannot be written"), "\(refused.errors)")
        #expect(!place.site.folder.has("\(InstalledSite.library)/ledger.sqlite"))
        #expect(try place.command(as: "counterfoil", ["chmod", String(mode), folder]).code == 0)
        let passed = try place.run(as: "counterfoil", ["process", "--as-of", Site.asOf])
        #expect(passed.code == 0 && place.site.folder.results(in: InstalledSite.spool).count == 1, "\(passed.errors)")
    }

    private static let withoutNetwork = ["unshare", "--user", "--map-current-user", "--net"]

    private func submittersKeepApart(_ place: InstalledSite) throws {
        let (his, here) = ("\(Self.incoming)/tpp-2.jwt", Self.incoming)
        // Her own file she reads by its name; it is hers.
        #expect(try place.command(as: "ada", ["cat", "\(here)/tpp-1.jwt"]).code == 0)
        for words in [
            ["ls", here], ["cat", his], ["cp", "tpp-1.jwt", his], ["rm", "-f", his], ["mv", his, "\(here)/mine.jwt"],
            ["ln", his, "\(here)/link.jwt"], ["ls", "\(InstalledSite.spool)/active"],
        ] { #expect(try place.command(as: "ada", words).code != 0, "\(words)") }
        for user in ["carol", "dave"] {
            for words in [["ls", here], ["cat", his], ["touch", "\(here)/x.jwt"], ["ls", InstalledSite.spool]] {
                #expect(try place.command(as: user, words).code != 0, "\(user): \(words)")
            }
        }
    }

    private func resultsAreForConsumers(_ place: InstalledSite, _ result: String) throws {
        let folder = "\(InstalledSite.spool)/results"
        #expect(try place.rights(folder) == "2750 counterfoil counterfoil-results")
        #expect(try place.rights(result) == "640 counterfoil counterfoil-results")
        #expect(try place.command(as: "carol", ["ls", folder]).code == 0)
        #expect(try place.command(as: "carol", ["cat", result]).output.contains("client_id"))
        for words in [["rm", "-f", result], ["touch", "\(folder)/x"], ["sh", "-c", "echo >> \(result)"]] {
            #expect(try place.command(as: "carol", words).code != 0, "\(words)")
        }
        // What she took she says by a mark; nobody else's marks are hers to see or to remove.
        let mark = result.replacingOccurrences(of: "/results/", with: "/acks/")
        #expect(try place.rights("\(InstalledSite.spool)/acks") == "2710 counterfoil counterfoil-results")
        #expect(try place.command(as: "ada", ["touch", mark]).code != 0)
        #expect(try place.command(as: "carol", ["touch", mark]).code == 0)
        #expect(try place.command(as: "carol", ["ls", "\(InstalledSite.spool)/acks"]).code != 0)
        for user in ["ada", "bob", "dave", "counterfoil-fetch"] {
            for words in [["ls", folder], ["cat", result]] {
                #expect(try place.command(as: user, words).code != 0, "\(user): \(words)")
            }
        }
    }

    private func fetcherSeesNoRequests(_ place: InstalledSite) throws {
        let (spool, library) = (InstalledSite.spool, InstalledSite.library)
        for words in [
            ["cat", "\(library)/ledger.sqlite"], ["cat", "\(library)/secret.key"], ["ls", spool],
            ["touch", "\(library)/x"], ["rm", "-f", "\(library)/ledger.sqlite"], ["ls", "\(spool)/archive"],
            ["touch", "\(spool)/incoming/x.jwt"],
        ] { #expect(try place.command(as: "counterfoil-fetch", words).code != 0, "\(words)") }
    }
}
