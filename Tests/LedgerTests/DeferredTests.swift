import Crypto
import Encoding
import Ledger
import OpenBanking
import Testing

@Suite("Ledger: deferred requests")
struct DeferredTests {
    typealias Fixture = TemporaryLedger

    static func entry(_ name: String, due: UnixTime, url: String = "https://keystore.example/a.jwks") -> DeferredEntry {
        DeferredEntry(
            requestSHA256: .of(name),
            fileName: "\(name).jwt",
            originStem: name,
            line: 3,
            firstDeferredAt: 10,
            nextTryAt: due,
            reason: "the key set is not in the cache",
            wanted: [
                WantedKey(url: url, kind: .software, keyID: "k1", organisationID: "o", softwareID: name),
                WantedKey(url: "https://keystore.example/ob.jwks", kind: .directory, keyID: "d1"),
            ]
        )
    }

    @Test("a request is due at its time, with what it waits for")
    func due() throws {
        let fixture = try Fixture()
        let (a, b) = (Self.entry("a", due: 200), Self.entry("b", due: 100))
        try fixture.open().group(at: Fixture.now) { group throws(LedgerError) in
            for entry in [a, b] { try group.deferred.put(entry) }
        }
        try fixture.open().group(at: Fixture.now) { group throws(LedgerError) in
            #expect(try group.deferred.due(at: 99).isEmpty)
            #expect(try group.deferred.due(at: 100) == [b])
            #expect(try group.deferred.due(at: 200) == [b, a])
            #expect(try group.deferred.due(at: 200, limit: 1) == [b])
            #expect(try group.deferred.allDeferred() == [b, a])
            #expect(try group.deferred.find(.of("a")) == a)
            #expect(try group.deferred.find(.of("c")) == nil)
        }
    }

    @Test("a retry moves the next time and keeps the first")
    func retry() throws {
        let ledger = try Fixture().open()
        try ledger.group(at: Fixture.now) { group throws(LedgerError) in
            try group.deferred.put(Self.entry("a", due: 100))
            var again = Self.entry("a", due: 400)
            again.firstDeferredAt = 300
            again.attempts = 2
            again.wanted.removeLast()
            try group.deferred.put(again)
            again.firstDeferredAt = 10
            #expect(try group.deferred.allDeferred() == [again])
        }
    }

    @Test("what is waited for goes with the request that waits")
    func wanted() throws {
        let ledger = try Fixture().open()
        try ledger.group(at: Fixture.now) { group throws(LedgerError) in
            for name in ["a", "b"] { try group.deferred.put(Self.entry(name, due: 500)) }
            try group.deferred.put(Self.entry("c", due: 500, url: "https://keystore.example/c.jwks"))
            func wanted() throws(LedgerError) -> Set<Substring> {
                Set(try group.deferred.allDeferred().flatMap(\.wanted).map { $0.url.suffix(7) })
            }
            #expect(try wanted() == ["/a.jwks", "/c.jwks", "ob.jwks"])
            try group.deferred.remove(.of("c"))
            #expect(try wanted() == ["/a.jwks", "ob.jwks"])
            #expect(try group.summary().waiting == 2)
            #expect(try group.summary().oldestWaitingSince == 10)
        }
    }
}
