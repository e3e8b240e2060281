import KeyCache
import Operations
import Testing

@testable import Refresh

@Suite("The cache's settings in the configuration")
struct ConfiguredCacheTests {
    @Test("have one default, here and there", arguments: SourceClass.allCases)
    func defaults(_ class: SourceClass) {
        let settings = ConfiguredCache.settings(Configuration())
        #expect(settings.limits(for: `class`) == CacheSettings().limits(for: `class`))
        #expect(settings.wantedInterval == CacheSettings().wantedInterval)
        #expect(settings.clockSkew == CacheSettings().clockSkew)
        #expect(settings.keySetLimits == CacheSettings().keySetLimits)
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let key: String
        let classes: [SourceClass]
        var testDescription: String { key }
    }

    @Test(
        "each class follows its own key and no other",
        arguments: [
            Row(key: "directory", classes: [.directory]), Row(key: "organisation", classes: [.organisation]),
            Row(key: "software", classes: [.software]),
            Row(key: "revoked", classes: [.organisationRevoked, .softwareRevoked]), Row(key: "crl", classes: [.crl]),
        ]
    )
    func classes(_ row: Row) throws {
        let last = row.key == "crl" ? "" : ", unusable_after: 3h"
        let text = "refresh: {classes: {\(row.key): {every: 1m, stale_after: 2h\(last)}}}"
        let settings = ConfiguredCache.settings(try ConfigurationReader.read(text: text, file: "c.yaml"))
        for `class` in SourceClass.allCases {
            let limits = settings.limits(for: `class`)
            if row.classes.contains(`class`) {
                let usable: Int64 = `class` == .crl ? .max : 3 * 3600
                #expect(limits == ClassLimits(minimum: 60, every: 60, staleAfter: 2 * 3600, unusableAfter: usable))
            } else {
                #expect(limits == CacheSettings().limits(for: `class`))
            }
        }
    }

    @Test("govern what a fetch writes: next fetch, fresh and usable")
    func govern() throws {
        let fixture = try RefreshFixture(
            "refresh: {classes: {software: {every: 10m, stale_after: 20m, unusable_after: 30m}}}"
        )
        let url = "https://keystore.test/org/soft.jwks"
        try fixture.add(url, .software, software: "soft")
        try fixture.folder.write("mirror/keystore.test/org/soft.jwks", TestKeys.ab)
        _ = try fixture.mirrorPass().run(.due)
        let source = try #require(try fixture.store.source(url))
        #expect(source.nextDue == fixture.now + 315)
        #expect(source.freshUntil == fixture.now + 1200)
        #expect(source.usableUntil == fixture.now + 1800)
    }
}
