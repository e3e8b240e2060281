import Crypto
import Encoding
import Foundation
import Testing

/// Real certificates of the directory's sandbox against its real root.
@Suite(.enabled(if: Vectors.exists("openbanking"), "skipped: no outside vectors"))
struct DirectoryCertificateTests {
    static func certificate(_ path: String) throws -> [UInt8] {
        let pem = ByteSlice([UInt8](try Vectors.data("openbanking/\(path)")))
        return try #require(try PEM.certificates(in: pem).first)
    }

    static func leaves() throws -> [(name: String, der: [UInt8])] {
        try Vectors.names(in: "openbanking/certificates").filter { $0.hasPrefix("20") && $0.hasSuffix(".pem") }
            .map { ($0, try certificate("certificates/\($0)")) }
    }

    @Test("all chain to the sandbox root under strict checks; the signing ones are no TLS clients")
    func chains() throws {
        let verifier = try ChainVerifier(
            anchors: [try Self.certificate("ca/ob_pp_rootca.pem")],
            intermediates: [try Self.certificate("ca/ob_pp_issuingca.pem")]
        )
        let leaves = try Self.leaves()
        #expect(leaves.count == 23)
        var clients = 0
        for leaf in leaves {
            let chain = try verifier.verify(leaf: leaf.der, purpose: .any).get()
            #expect(chain.certificates.count == 3)
            #expect(chain.notBefore < chain.notAfter)
            switch verifier.verify(leaf: leaf.der, purpose: .client) {
            case .success: clients += 1
            case .failure(let fault): #expect(fault.code == "chain_26", "\(leaf.name): \(fault)")
            }
        }
        #expect(clients == 13)
    }

    @Test("none chains to the production root")
    func otherRoot() throws {
        let verifier = try ChainVerifier(
            anchors: [try Self.certificate("ca/ob_production_rootca_2017.pem")],
            intermediates: [try Self.certificate("ca/ob_pp_issuingca.pem")]
        )
        for leaf in try Self.leaves() {
            #expect(verifier.verify(leaf: leaf.der, purpose: .any).code == "chain_20")
        }
    }

    @Test("the template's statements are byte for byte those of a real OBWAC")
    func statements() throws {
        let real = Hex.encode(try Self.certificate("certificates/2020-12-21_dvnbxZqOhnkd-YPszjBl7X0yhaQ.pem"))
        var statements = QCStatementsTemplate()
        statements.roles = [.accountInformation, .paymentInitiation]
        #expect(real.contains(Hex.encode(try statements.der())))
    }

    @Test("the template's name is byte for byte that of a real OBWAC")
    func name() throws {
        let real = Hex.encode(try Self.certificate("certificates/2020-12-21_dvnbxZqOhnkd-YPszjBl7X0yhaQ.pem"))
        let name = NameTemplate([
            .country("GB"), .organization("FORGEROCK LIMITED"),
            .organizationIdentifier("PSDGB-OB-Unknown0015800001041REAAY"), .commonName("0015800001041REAAY"),
        ])
        #expect(real.contains(Hex.encode(try name.der())))
    }
}
