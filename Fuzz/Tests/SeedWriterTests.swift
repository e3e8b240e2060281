import Crypto
import Encoding
import Foundation
import JOSE
import PKIX
import Testing

@testable import Simulator

/// Makes Fuzz/Genuine.json and the corpora anew from the simulator.
///
/// Only on demand: COUNTERFOIL_WRITE_CORPORA=1 swift test --filter SeedWriterTests. Inputs that the fuzzer found stay.
@Suite("Seeds")
struct SeedWriterTests {
    static let isWanted = ProcessInfo.processInfo.environment["COUNTERFOIL_WRITE_CORPORA"] != nil

    @Test("writes the seeds", .enabled(if: isWanted, "skipped: set COUNTERFOIL_WRITE_CORPORA to write them"))
    func writes() throws {
        var plan = DirectoryPlan(now: 1_800_000_000)
        plan.organisations = 1
        plan.softwarePerOrganisation = 1
        plan.profiles = .obwac
        plan.keyPool = 4
        let directory = try SimulatedDirectory(plan)
        let software = directory.software[0]
        let forge = RequestForge(directory)
        let request = forge.request(for: software)
        let statement = try request.statement.compact()
        var token = request.token
        token.claims["software_statement"] = .text(statement)
        let compact = try token.compact()
        let certificates =
            [directory.authority.root, directory.authority.issuing, software.transport.certificate]
            + [software.signing, software.expiredTransport, software.revokedTransport].map(\.certificate)
        let lists = directory.listURLs.compactMap { directory.body(String($0.dropFirst(plan.baseURL.count))) }
        let sets = directory.paths.filter { $0.hasSuffix("jwks") }
        let genuine: DraftMembers = [
            "now": .number(plan.now), "audience": .text(forge.audience),
            "record": .text(request.line(request: compact)),
            "request": .text(compact), "statement": .text(statement),
            "certificate": .text(software.transport.certificatePEM),
            "certificates": .texts(certificates.map { Base64.encode($0) }),
            "lists": .texts(lists.map { Base64.encode($0) }),
            "anchors": .texts([directory.authority.root, directory.authority.issuing].map { Base64.encode($0) }),
            "sets": .object(Self.bodies(sets, directory)),
        ]
        try write("Genuine.json", Array((genuine.json + "\n").utf8))
        try writeSigned(compact, statement, request)
        try writeBinary(certificates, lists)
        try write("Corpora/record/genuine", Array(request.line(request: compact).utf8))
        try write(
            "Corpora/keyset/software",
            Array("{\"keys\":[\(software.signing.jwk),\(software.transport.jwk)]}".utf8)
        )
        let elliptic = SimulatedKey(try KeyPool.elliptic())
        try write(
            "Corpora/keyset/elliptic",
            Array("{\"keys\":[\(SimulatedKey.numbers(elliptic.privateKey.publicKey).json)]}".utf8)
        )
    }

    private static func bodies(_ paths: [String], _ directory: SimulatedDirectory) -> DraftMembers {
        var members: DraftMembers = [:]
        for path in paths {
            let body = String(decoding: directory.body(path) ?? [], as: UTF8.self)
            members.append(directory.plan.baseURL + path, .text(body))
        }
        return members
    }

    private func writeSigned(_ compact: String, _ statement: String, _ request: RequestDraft) throws {
        try write("Corpora/jws/request", Array(compact.utf8))
        try write("Corpora/jws/statement", Array(statement.utf8))
        try write("Corpora/header/request", Array(request.header.json.utf8))
        try write("Corpora/header/statement", Array(request.statement.header.json.utf8))
        try write("Corpora/json/claims", Array(request.claims.json.utf8))
    }

    private func writeBinary(_ certificates: [[UInt8]], _ lists: [[UInt8]]) throws {
        for (name, der) in zip(["root", "issuing", "transport", "signing", "expired", "revoked"], certificates) {
            try write("Corpora/certificate/\(name)", der)
        }
        for (name, der) in zip(["first", "second"], lists) { try write("Corpora/crl/\(name)", der) }
        try write(
            "Corpora/pem/chain",
            Array(certificates.prefix(2).map { PEM.encode($0, label: "CERTIFICATE") }.joined().utf8)
        )
        var template = QCStatementsTemplate()
        template.kinds = [.web]
        template.authorityID = "GB-FCA"
        template.authorityName = "Financial Conduct Authority"
        template.roles = [.paymentInitiation, .accountInformation]
        try write("Corpora/qcstatements/web", try template.der())
    }

    private func write(_ path: String, _ bytes: [UInt8]) throws {
        let url = Corpus.folder.appending(path: path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
    }
}
