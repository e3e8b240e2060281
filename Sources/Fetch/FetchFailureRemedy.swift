extension FetchFailureKind {
    /// What an operator does about it, in one sentence.
    package var remedy: String {
        switch self {
        case .url, .scheme:
            "Correct the URL in the sources file; one from a software statement is the directory's to mend."
        case .host: "Add the host to directory.allow_hosts, or to directory.crl_hosts for a CRL, if it is meant."
        case .port: "Write the host with its port in directory.allow_hosts, if it is meant."
        case .hostResting: "See why the host's other sources fail; it is tried again after a minute."
        case .elsewhere, .notDue, .overBudget, .nextRound: "Nothing; the next round looks again."
        case .dns: "Check the resolver of this machine, and the host's name."
        case .privateAddress:
            "Check the name's DNS; a key store on a private network needs directory.reach: private."
        case .connect, .connectTimeout: "Check the route, the firewall, and whether the directory announces an outage."
        case .proxy: "Check directory.proxy, and that it lets this host through."
        case .connectionLost, .protocolError:
            "Try again later; if it stays, look for a middlebox between, then tell the directory."
        case .tlsVerify:
            "Compare the certificate with directory.ca_file: 10 is expired, 18 and 19 self-signed, 20 of an unknown CA, 62 for another name."
        case .tlsPin: "Ask the directory whether its key has changed; only then change directory.pins."
        case .tlsClientCertificate:
            "Check directory.client_certificate and client_key: that they belong together, are readable, and not expired."
        case .tlsAuthorityFile: "Check directory.ca_file: PEM, and readable for this user."
        case .tls: "Check that the server speaks TLS 1.2 or later and nothing between cuts the connection."
        case .timeout, .tooSlow: "Try again later; raise refresh.timeout only for a line that is known to be slow."
        case .status:
            "401 and 403: check the client certificate. 404 and 410: the source may be gone. 429 and 5xx: wait."
        case .redirect: "Open the URL by hand; put the new address into the configuration if the directory confirms it."
        case .unaskedNotModified, .headersTooLarge, .contentEncoding:
            "Look for a proxy or cache between; then tell the directory."
        case .tooLarge: "Look at the body by hand; raise refresh.max_body or refresh.max_crl only for a true one."
        case .truncated: "Try again later; if it stays, look for a middlebox between."
        case .mirrorMissing: "Let the tool that writes the mirror fetch this URL too: counterfoil status --missing."
        case .mirrorSymlink, .mirrorNotRegular: "Write plain files into the mirror."
        case .mirrorRead: "Check that this user may read the mirror."
        case .mirrorTime: "Write one RFC 3339 time into .fetched_at, such as 2026-11-22T10:00:00Z."
        case .stopped: "Run it again; what had no turn stays due."
        case .library: "Check the section directory of the configuration, and the installed libcurl."
        }
    }
}
