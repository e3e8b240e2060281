import Encoding
import Glibc
import OpenBanking
import Operations
import Simulator

/// The folder of a demonstration: a whole small installation, left for its reader to look around in.
struct DemoFolder {
    let path: String

    var configuration: String { "\(path)/counterfoil.yaml" }
    var incoming: String { "\(path)/spool/incoming" }

    /// Makes the folder; a named one must not exist yet.
    static func make(_ named: String?) throws(Failure) -> DemoFolder {
        let path = named ?? "demo-\(String(UInt32.random(in: .min ... .max), radix: 36))"
        guard unsafe mkdir(path, 0o700) == 0 else {
            let message = UserMessage(
                path,
                "cannot be made: \(ErrorText.of(errno))",
                remedy: "name a folder that does not exist with --dir, below one that can be written"
            )
            throw Failure(message, name: "demo_folder", .usage)
        }
        return DemoFolder(path: path)
    }

    /// Writes what an operator would write for this directory: configuration, anchors, sources.
    func install(_ directory: SimulatedDirectory, forge: RequestForge) throws(SimulatorError) {
        _ = unsafe mkdir("\(path)/anchors", 0o700)
        try FileWriter.write(directory.authority.anchorsPEM, to: "\(path)/anchors/openbanking.pem")
        try FileWriter.write(directory.authority.tls.authorityPEM, to: "\(path)/tls-authority.pem")
        try FileWriter.write(directory.sourcesYAML(), to: "\(path)/sources.yaml")
        try FileWriter.write(text(directory, forge), to: configuration)
    }

    private func text(_ directory: SimulatedDirectory, _ forge: RequestForge) -> String {
        """
        # Written by `counterfoil demo`: a small installation beside a key store that is gone when the demo ends.
        environment: \(directory.plan.environment.rawValue)
        directory:
          keystore: \(directory.plan.baseURL)
          crl_hosts: [\(directory.host)]
          ca_file: tls-authority.pem
          idp:
            issuer: \(directory.identityIssuer)
            client_id: \(forge.portalClient)
            jwks: \(directory.identityKeysURL)
        trust:
          anchors: anchors
        refresh:
          cache: cache.sqlite
          sources: sources.yaml
          rate: 1000
        spool:
          path: spool
        policy:
          audiences: ["\(forge.audience)"]
          certificate_profiles:
            obwac: allow
            legacy: allow
        ledger:
          path: ledger.sqlite

        """
    }
}
