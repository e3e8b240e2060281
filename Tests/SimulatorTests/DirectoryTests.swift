import Crypto
import Encoding
import JOSE
import PKIX
import Simulator
import Testing

@Suite("Simulated directory")
struct DirectoryTests {
    @Test("key sets decode with nothing skipped, and nothing to notice")
    func setsAreClean() throws {
        let keys = try PublishedKeys(try Directories.sandbox.get(), at: Directories.now)
        #expect(keys.skipped.isEmpty)
        #expect(keys.notices.isEmpty)
    }

    @Test("a JWK has the key store's members in its order, thumbprints padded")
    func memberOrder() throws {
        let directory = try Directories.sandbox.get()
        let software = try #require(directory.software.first { $0.signing.key.algorithm == .PS256 })
        let document = JSONDocument(limits: .keySet)
        try document.parse(Array(software.signing.jwk.utf8))
        let names = document.root.members.map { $0.0.string }
        #expect(names == ["e", "kid", "kty", "n", "use", "x5c", "x5t", "x5u", "x5t#S256"])
        #expect(document.root["x5t"]?.text?.count == 28)
        #expect(document.root["x5t"]?.text?.hasSuffix("=") == true)
        #expect(document.root["kid"]?.text?.count == 27)
        #expect(directory.signingKey.kid.utf8.count == 44)
        #expect(directory.signingKey.kid.hasSuffix("="))
    }

    @Test("statement and request verify with the published keys")
    func tokensVerify() throws {
        let directory = try Directories.sandbox.get()
        let keys = try PublishedKeys(directory, at: Directories.now)
        let forge = RequestForge(directory)
        let directorySet = try #require(keys.sets[directory.directoryURL])
        for software in directory.software {
            let statement = try forge.statement(for: software).compact()
            _ = try JWS.verify(ByteSlice(statement), keys: directorySet)
            let path = KeyStorePath.keys(software.organisation.id, software.id)
            let set = try #require(keys.sets[directory.plan.baseURL + path])
            let request = try forge.request(for: software).compact()
            #expect(try JWS.verify(ByteSlice(request), keys: set).algorithm == software.signing.key.algorithm)
        }
    }

    @Test("certificates chain to the authority, the rogue's do not")
    func chains() throws {
        let directory = try Directories.production.get()
        let anchors = try TrustAnchors.load([Array(directory.authority.anchorsPEM.utf8)])
        for software in directory.software {
            let vetted = try anchors.vet(software.transport.certificate)
            #expect((try? vetted.chain.get()) != nil, "\(vetted.chain)")
            #expect(vetted.faults.isEmpty, "\(vetted.faults)")
            #expect(vetted.profile == (software.profile == .legacy ? .legacyTransport : .obwac))
            let signing = try anchors.vet(software.signing.certificate)
            #expect(signing.profile == (software.profile == .legacy ? .legacySigning : .obseal))
        }
        let item = try RequestForge(directory).item(.rogueAuthority)
        let rogue = try #require(item.certificate)
        let der = try #require(try PEM.certificates(in: ByteSlice(rogue)).first)
        #expect((try? anchors.vet(der).chain.get()) == nil)
    }

    @Test("revocation lists are signed by their issuers and name what was revoked")
    func lists() throws {
        let directory = try Directories.sandbox.get()
        let issuing = try Certificate.decode(directory.authority.issuing)
        let root = try Certificate.decode(directory.authority.root)
        let list = try RevocationList.decode(directory.body(AuthorityPath.issuingList) ?? [])
        try list.verify(signedBy: issuing)
        try RevocationList.decode(directory.body(AuthorityPath.rootList) ?? []).verify(signedBy: root)
        for software in directory.software {
            let good = try Certificate.decode(software.transport.certificate)
            let revoked = try Certificate.decode(software.revokedTransport.certificate)
            #expect(list.state(of: good, at: Directories.now) == .good(until: list.nextUpdate))
            guard case .revoked = list.state(of: revoked, at: Directories.now) else {
                Issue.record("not revoked")
                continue
            }
        }
        #expect(list.serials.count == 50 + 2 * directory.software.count)
    }

    @Test("the same seed gives the same names and claims, another seed others")
    func determinism() throws {
        var plan = DirectoryPlan(now: Directories.now)
        let first = try Directories.sandbox.get()
        let second = try SimulatedDirectory(plan)
        plan.seed = 2
        let third = try SimulatedDirectory(plan)
        #expect(first.software.map(\.id) == second.software.map(\.id))
        #expect(first.software.map(\.id) != third.software.map(\.id))
        #expect(first.paths == second.paths)
        let claims = [first, second].map { RequestForge($0).request(for: $0.software[1], number: 5) }
        #expect(claims[0].claims == claims[1].claims)
        #expect(claims[0].statement.claims == claims[1].statement.claims)
        #expect(claims[0].claims != RequestForge(first).request(for: first.software[1], number: 6).claims)
    }

    @Test("the mirror tree holds the served bodies, file by file")
    func mirror() throws {
        let directory = try Directories.sandbox.get()
        let folder = try TemporaryFolder()
        try directory.publish(toMirror: folder.path)
        for path in directory.paths {
            #expect(try folder.read(directory.host + path) == directory.body(path), "\(path)")
        }
    }

    @Test("the sources file names every software")
    func sources() throws {
        let directory = try Directories.sandbox.get()
        let text = directory.sourcesYAML()
        for software in directory.software { #expect(text.contains("\"\(software.id)\"")) }
        for url in directory.listURLs { #expect(text.contains(url)) }
    }
}
