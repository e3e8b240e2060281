import Fetch
import KeyCache
import OpenBanking
import Operations
import Testing

@testable import Refresh

@Suite("Sources an operator wants")
struct PlannedSourcesTests {
    private func configuration() -> Configuration {
        var configuration = Configuration(environment: .sandbox)
        configuration.directory.keystore = "https://keystore.test/"
        configuration.directory.jwks = "https://keystore.test/keystore/openbanking.jwks"
        return configuration
    }

    @Test("expand to the keystore's addresses")
    func expand() throws {
        let file = try SourcesFile.read(
            text: """
                directory: [https://keystore.test/keystore/other.jwks]
                crls: [http://crl.test/issuing.crl]
                organisations:
                  - {id: "0015800001", software: [4W5r]}
                """,
            file: "sources.yaml"
        )
        let seeds = PlannedSources.seeds(file, configuration())
        #expect(
            seeds.map { "\($0.class.rawValue) \($0.url)" } == [
                "directory https://keystore.test/keystore/openbanking.jwks",
                "directory https://keystore.test/keystore/other.jwks",
                "crl http://crl.test/issuing.crl",
                "organisation https://keystore.test/0015800001/0015800001.jwks",
                "organisationRevoked https://keystore.test/0015800001/revoked/0015800001.jwks",
                "software https://keystore.test/0015800001/4W5r.jwks",
                "softwareRevoked https://keystore.test/0015800001/revoked/4W5r.jwks",
            ]
        )
        #expect(seeds.allSatisfy { $0.environment == "sandbox" && $0.origin == .configuration })
        #expect(seeds.map(\.organisationID) == [nil, nil, nil, "0015800001", "0015800001", "0015800001", "0015800001"])
        #expect(seeds.map(\.softwareID) == [nil, nil, nil, nil, nil, "4W5r", "4W5r"])
    }

    @Test("are fetched from the hosts of the configuration, lists also over http")
    func hosts() {
        var configuration = configuration()
        configuration.directory.allowHosts = ["keystore.test", "localhost:8443"]
        configuration.directory.crlHosts = ["crl.test"]
        configuration.directory.caFile = "/etc/ca.pem"
        configuration.directory.clientCertificate = .credential("client.pem")
        configuration.directory.clientKey = .path("/etc/client.key")
        configuration.refresh.parallel = 40
        let settings = ConfiguredFetch.settings(configuration, credentials: "/run/c")
        #expect(settings.parallel == 16)
        let keystore = HostRule(
            name: "keystore.test",
            ports: [443, 80],
            authorityFile: "/etc/ca.pem",
            clientCertificateFile: "/run/c/client.pem",
            clientKeyFile: "/etc/client.key"
        )
        var localhost = keystore
        localhost.name = "localhost"
        localhost.ports = [8443]
        localhost.reach = .loopback
        let lists = HostRule(name: "crl.test", ports: [443, 80], classes: [.revocationList])
        #expect(settings.hosts == [lists, keystore, localhost])
    }

    @Test(
        "may be on a private network where the configuration says so; localhost is this machine all the same",
        arguments: [("", HostRule.Reach.public), ("reach: public, ", .public), ("reach: private, ", .private)]
    )
    func reach(_ setting: String, _ reach: HostRule.Reach) throws {
        let text = """
            directory: {\(setting)keystore: "https://keystore.test", allow_hosts: [keystore.test, "localhost:8443"], \
            crl_hosts: [crl.test]}
            """
        let configuration = try ConfigurationReader.read(text: text, file: "c.yaml")
        let hosts = ConfiguredFetch.settings(configuration, credentials: nil).hosts
        #expect(hosts.map(\.name) == ["crl.test", "keystore.test", "localhost"])
        #expect(hosts.map(\.reach) == [reach, reach, .loopback])
    }
}
