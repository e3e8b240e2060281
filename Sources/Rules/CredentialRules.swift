import Encoding
import OpenBanking

/// Which credentials a registration may get or keep (rules ).
let credentialRules: [Rule] = [
    Rule(
        .credentialEnvironment,
        "the credentials are those of the statement's environment, and of the one the portal asks for",
        source: "Directory API, software_environment",
        reports: .unapprovedSoftwareStatement,
        configurable: false,
        needs: [.record, .statementTrusted],
        note: "A manual registration without software_environment is refused; no default is put in its place.",
        remedy: "Ask for the credentials of the environment the software statement was issued for.",
        check: environmentIsTheOneAskedFor
    ),
    Rule(
        .clientSecret,
        "a client has a secret where its method uses one: a new client a fresh one, a migrated client its own",
        source: "RFC 6749 section 10.10",
        reports: nil,
        configurable: false,
        needs: [.record, .metadata],
        status: 500,
        note: "Not a choice: shorter secrets than ours can be guessed, and other methods need none.",
        remedy: "Write the client's secret, or the hash of it, into existing.",
        check: secretFitsTheMethod
    ),
]

private func environmentIsTheOneAskedFor(_ r: Evidence) -> Fault? {
    guard let environment = r.environment else {
        // Elsewhere rule R-066 says so, which a bank may soften; a portal's credentials are of one kind or the other.
        return r.channel == .mcr ? Fault("software_environment names no environment with credentials") : nil
    }
    guard let asked = r.record[.environment]?.text, !asked.equals(environment.rawValue) else { return nil }
    return Fault("the statement's credentials are of \(environment.rawValue)", asked)
}

private func secretFitsTheMethod(_ r: Evidence) -> Fault? {
    guard let existing = r.existing, let method = r.method else { return nil }
    let bringsOne = existing.secret != nil || existing.secretHash != nil
    if method.hasSecret, !bringsOne {
        return Fault("the client's method uses a secret, and existing brings none", value: method.rawValue)
    }
    guard !method.hasSecret, bringsOne else { return nil }
    return Fault("the client's method uses no secret: the one that existing brings is not kept").asWarning
}
