import ArgumentParser
import Crypto
import Encoding
import KeyCache
import Ledger
import Operations
import PKIX

/// Takes the trust from keys at once and for good.
struct KeysRevokeCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Revoke a key, a certificate, or all of an organisation or software; at once and for good.",
        discussion: """
            A kid revokes the key it names wherever that is listed. A digest of 64 hexadecimal digits may also be of a \
            key or certificate not seen yet. One that begins with - stands last, behind --. A running daemon follows within \
            its next look at the cache.

            Examples:
              counterfoil keys revoke zQr8Y1yT2mJj0dQe0qXbM1kQ7fA --reason key_compromise \\
                --by jo --why "call from the TPP" --yes
              counterfoil keys revoke --org 0015800001041RHAAY \\
                --reason privilege_withdrawn --by jo --why "FCA notice" --yes
            """
    )

    /// What is revoked where a kid names keys of several sources.
    static let reasons = RevocationReason.allCases.filter { $0 != .removeFromList && $0 != .certificateHold }

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var time: TimeOptions
    @OptionGroup var word: WordOptions

    @Argument(help: "A kid, or the digest of a key or certificate.")
    var key: String?

    @Option(help: "Everything of this organisation.")
    var org: String?

    @Option(help: "Everything of this software statement.")
    var software: String?

    @Flag(help: "The digest is of a certificate.")
    var certificate = false

    @Option(help: "Why the trust is gone: key_compromise, superseded, cessation_of_operation, privilege_withdrawn ...")
    var reason: String

    @Flag(help: "Yes, revoke; without it the command only says what it would do.")
    var yes = false

    var isForProgram: Bool { output.json }

    func validate() throws {
        if [key != nil, org != nil, software != nil].count(where: { $0 }) != 1 {
            throw ValidationError("Name one of: a key, --org, --software.")
        }
        guard let parsed = RevocationReason(name: reason), Self.reasons.contains(parsed) else {
            throw ValidationError("--reason is one of \(Self.reasons.map(\.name).joined(separator: ", ")).")
        }
        if certificate, key.map({ KeyName(text: $0).digest == nil }) ?? true {
            throw ValidationError("--certificate needs a digest of 64 hexadecimal digits.")
        }
    }

    mutating func perform() throws(Failure) -> ExitStatus {
        let site = try Site(settings, clock: time.clock)
        let targets = try targets(site)
        guard yes else {
            let message = UserMessage(
                "revoke",
                "would revoke \(targets.map { Printable.text($0.description) }.joined(separator: ", ")), for good",
                remedy: "say so with --yes"
            )
            throw Failure(message, name: "unconfirmed", .usage)
        }
        let (store, trail) = (try site.cache(), try AuditTrail(site))
        var count = 0
        for target in targets {
            let order = RevocationOrder(target, reason: RevocationReason(name: reason) ?? .unspecified, word.word)
            do throws(KeyStoreError) {
                count += try store.revoke(order, at: site.clock.now())
            } catch {
                throw Failure(error)
            }
            try trail.append(.keyRevoked) { json in
                json.member("subject", target.description)
                json.member("reason", reason)
                word.write(to: &json)
            }
        }
        if output.json {
            StandardOutput.line(KeysJSON.revoked(targets, reason: reason, listings: count))
        } else {
            for target in targets {
                StandardOutput.write("revoked \(Printable.text(target.description)) (\(reason))\n")
            }
            StandardOutput.write("\(Figure.plural(count, "listing is", "listings are")) revoked from now on\n")
        }
        return .done
    }

    private func targets(_ site: Site) throws(Failure) -> [RevocationOrder.Target] {
        if let org { return [.organisation(org)] }
        if let software { return [.software(software)] }
        let name = KeyName(text: key ?? "")
        if certificate, let digest = name.digest { return [.certificate(digest)] }
        let records = try KeyReader(site).records(named: name)
        if let digest = name.digest {
            let isCertificate = !records.isEmpty && !records.contains { $0.key.spkiSHA256 == digest }
            return [isCertificate && !records.contains { $0.kid == name.kid } ? .certificate(digest) : .key(digest)]
        }
        guard !records.isEmpty else { throw KeyReader.unknown(key ?? "") }
        let keys = Set(records.map(\.key.spkiSHA256))
        let owners = Set(records.map(\.source.organisationID))
        guard keys.count == 1 || owners.count == 1 else {
            let message = UserMessage(
                Printable.text(key ?? ""),
                "names \(keys.count) keys of \(owners.count) organisations",
                remedy: "name one by its digest: counterfoil keys show \(Printable.text(key ?? ""))"
            )
            throw Failure(message, name: "ambiguous_key", .usage)
        }
        return keys.sorted { $0.hex < $1.hex }.map { .key($0) }
    }
}
