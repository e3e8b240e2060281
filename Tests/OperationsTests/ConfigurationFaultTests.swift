import Operations
import Testing

@Suite("A configuration file with a mistake")
struct ConfigurationFaultTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let text: String
        let faults: [String]

        init(_ name: String, _ text: String, _ faults: String...) {
            testDescription = name
            self.text = text
            self.faults = faults.map { "c.yaml:\($0)" }
        }
    }

    @Test("names every fault with its place", arguments: rows)
    func faults(_ row: Row) {
        do throws(ConfigurationFaults) {
            _ = try ConfigurationReader.read(text: row.text, file: "c.yaml")
            Issue.record("no fault")
        } catch {
            #expect(error.faults.map(\.description) == row.faults)
        }
    }

    static let rows = [
        Row(
            "word for a number",
            "process:\n  workers: eight\n",
            "2:12: workers must be a whole number, found \"eight\""
        ),
        Row(
            "octal look-alike",
            "process:\n  workers: 010\n",
            "2:12: workers must be a whole number in decimal without leading zeros, found \"010\""
        ),
        Row("sign", "process:\n  workers: +8\n", "2:12: workers must be a whole number, found \"+8\""),
        Row("hexadecimal", "process:\n  workers: 0x8\n", "2:12: workers must be a whole number, found \"0x8\""),
        Row(
            "quoted number",
            "process:\n  workers: \"8\"\n",
            "2:12: workers must be a whole number without quotes, found \"8\""
        ),
        Row(
            "number past Int",
            "process:\n  workers: 99999999999999999999\n",
            "2:12: workers must be a whole number in decimal without leading zeros, found \"99999999999999999999\""
        ),
        Row("number too large", "refresh: {parallel: 65}", "1:21: parallel must be between 1 and 16, found \"65\""),
        Row("list for a number", "refresh: {parallel: [1]}", "1:21: parallel must be a whole number, found a list"),
        Row(
            "mapping for a number",
            "refresh: {parallel: {a: 1}}",
            "1:21: parallel must be a whole number, found a mapping"
        ),
        Row("no value", "process:\n  workers:\n", "2:11: workers has no value; write one or remove the line"),
        Row("null", "process:\n  workers: ~\n", "2:12: workers has no value; write one or remove the line"),
        Row("yes for true", "policy:\n  fapi: yes\n", "2:9: fapi must be true or false, found \"yes\""),
        Row("no for false", "policy:\n  fapi: no\n", "2:9: fapi must be true or false, found \"no\""),
        Row("quoted boolean", "policy:\n  fapi: 'true'\n", "2:9: fapi must be true or false, found \"true\""),
        Row(
            "time without unit",
            "spool: {scan_every: 30}",
            "1:21: scan_every must be a length of time such as 15m (ms, s, m, h, d), found \"30\""
        ),
        Row(
            "time with two units",
            "spool: {scan_every: 1h30m}",
            "1:21: scan_every must be a length of time such as 15m (ms, s, m, h, d), found \"1h30m\""
        ),
        Row("time too long", "spool: {scan_every: 2h}", "1:21: scan_every must be between 1s and 1h, found \"2h\""),
        Row(
            "time overflows",
            "spool: {scan_every: 9223372036854775807d}",
            "1:21: scan_every must be a length of time such as 15m (ms, s, m, h, d), found \"9223372036854775807d\""
        ),
        Row(
            "size in KB",
            "refresh: {max_body: 512KB}",
            "1:21: max_body must be a size such as 64KiB (B, KiB, MiB, GiB), found \"512KB\""
        ),
        Row(
            "size too large",
            "refresh: {max_body: 1GiB}",
            "1:21: max_body must be between 1KiB and 16MiB, found \"1GiB\""
        ),
        Row(
            "unknown choice",
            "trust: {crl: sometimes}",
            "1:14: crl must be one of require, if-present, off, found \"sometimes\""
        ),
        Row(
            "reach of the fetch settings only",
            "directory: {reach: loopback}",
            "1:20: reach must be one of public, private, found \"loopback\""
        ),
        Row(
            "unknown algorithm in a list",
            "policy: {request_algorithms: [PS256, HS256]}",
            "1:38: each entry of request_algorithms must be one of PS256, ES256, PS384, PS512, ES384, RS256, found \"HS256\""
        ),
        Row(
            "listed twice",
            "policy: {request_algorithms: [PS256, PS256]}",
            "1:38: request_algorithms lists \"PS256\" twice"
        ),
        Row("empty list", "policy: {grant_types: []}", "1:23: grant_types must have at least one entry"),
        Row("text for a list", "policy: {audiences: x}", "1:21: audiences must be a list such as [a, b], found \"x\""),
        Row(
            "unknown rule",
            "policy: {overrides: {R-13: off}}",
            "1:22: overrides name rules as R-013, found \"R-13\"; did you mean R-013?"
        ),
        Row(
            "rule that does not exist",
            "policy: {overrides: {R-999: off}}",
            "1:22: overrides name rules as R-013, found \"R-999\""
        ),
        Row(
            "unknown severity",
            "policy: {overrides: {R-013: fatal}}",
            "1:29: R-013 must be one of error, warning, info, off, found \"fatal\""
        ),
        Row(
            "severity nobody may set",
            "policy: {overrides: {R-013: deferral}}",
            "1:29: R-013 must be one of error, warning, info, off, found \"deferral\""
        ),
        Row(
            "slip of a key",
            "process:\n  workerz: 8\n",
            "2:3: unknown key \"workerz\" in process; did you mean \"workers\"?"
        ),
        Row(
            "swapped letters",
            "process:\n  wrokers: 8\n",
            "2:3: unknown key \"wrokers\" in process; did you mean \"workers\"?"
        ),
        Row(
            "dash for underscore",
            "refresh:\n  max-body: 1MiB\n",
            "2:3: unknown key \"max-body\" in refresh; did you mean \"max_body\"?"
        ),
        Row("slip of a section", "polcy: {}", "1:1: unknown key \"polcy\"; did you mean \"policy\"?"),
        Row("foreign key", "ledger:\n  telephone: 1\n", "2:3: unknown key \"telephone\" in ledger; known here: path"),
        Row(
            "slip in a nested section",
            "refresh:\n  classes:\n    crl: {evry: 1h}\n",
            "3:11: unknown key \"evry\" in refresh.classes.crl; did you mean \"every\"?"
        ),
        Row(
            "hostile key",
            "\"a\\u202Eb\\u001B[1m\": 1\n",
            "1:1: unknown key \"a\\u{202E}b\\u{1B}[1m\"; known here: environment, directory, trust, refresh, bundle, spool,"
                + " process, policy, results, ledger, log, metrics, hooks, alerts"
        ),
        Row("section that is a word", "process: fast\n", "1:10: process must hold keys and values, found \"fast\""),
        Row("list at the top", "- a\n", "1:1: the configuration must hold keys and values, found a list"),
        Row(
            "key given twice",
            "process:\n  workers: 8\n  # again\n  workers: 9\n",
            "4:3: key \"workers\" is given twice, on lines 2 and 4; keep one"
        ),
        Row(
            "key given three times",
            "process:\n  workers: 8\n  workers: 9\n  \"workers\": 9\n",
            "3:3: key \"workers\" is given twice, on lines 2 and 3; keep one",
            "4:3: key \"workers\" is given twice, on lines 2 and 4; keep one"
        ),
        Row(
            "section given twice, its name also a value and a comment",
            "log: {level: info}\nledger: {path: log}\n# log: x\nlog: {level: debug}\n",
            "4:1: key \"log\" is given twice, on lines 1 and 4; keep one"
        ),
        Row(
            "key given twice on one line, and other faults",
            "refresh: {parallel: 1, parallel: 2, timout: 1s}\nprocess: {workers: x}\n",
            "1:24: key \"parallel\" is given twice, on lines 1 and 1; keep one",
            "1:37: unknown key \"timout\" in refresh; did you mean \"timeout\"?",
            "2:20: workers must be a whole number, found \"x\""
        ),
        Row(
            "anchor and alias",
            "spool: &s {scan_every: 1s}\nprocess: *s\n",
            "1:8: anchors (&s) and aliases are not supported; write the value out",
            "1:8: anchors (&s) and aliases are not supported; write the value out"
        ),
        Row("alias to nothing", "spool: *s\n", "1:8: aliases are not supported; write the value out"),
        Row("tag", "process:\n  workers: !!int 8\n", "2:12: tags (tag:yaml.org,2002:int) are not supported; remove it"),
        Row("tag on a section", "process: !x {workers: 8}\n", "1:10: tags (!x) are not supported; remove it"),
        Row(
            "two documents",
            "log: {}\n---\nlog: {}\n",
            "2:1: a second document starts here; one file holds one document"
        ),
        Row("tab", "process:\n\tworkers: 8\n", "2:1: indent with spaces, found a tab"),
        Row(
            "colon too many",
            "process: a: b\n",
            "1:11: not valid YAML: mapping values are not allowed in this context"
        ),
        Row("bracket left open", "policy: {scopes: [a\n", "2:1: not valid YAML: did not find expected ',' or ']'"),
        Row("control character", "log: {}\n# \u{1}\n", "2:3: not valid YAML text: control characters are not allowed"),
        Row(
            "nested without end",
            "policy: [[[[[[[[[[1]]]]]]]]]]\n",
            "1:9: policy must hold keys and values, found a list",
            "1:16: nested deeper than 8 levels"
        ),
        Row("a list as key", "? [a]\n: 1\n", "1:3: a key must be one word"),
        Row(
            "http for https",
            "directory: {keystore: http://x.test}",
            "1:23: keystore must be an https URL such as https://host/path, found \"http://x.test\""
        ),
        Row(
            "URL with a user",
            "directory: {keystore: https://a@x.test}",
            "1:23: keystore must be an https URL such as https://host/path, found \"https://a@x.test\""
        ),
        Row(
            "URL for a host",
            "directory: {allow_hosts: [\"https://x.test\"]}",
            "1:27: each entry of allow_hosts must be a host name such as keystore.openbanking.org.uk, found \"https://x.test\""
        ),
        Row(
            "one threshold",
            "alerts: {deferred: [10]}",
            "1:20: deferred must be two limits, [warning, critical], found a list"
        ),
        Row(
            "thresholds the wrong way round",
            "alerts: {deferred: [10, 5]}",
            "1:20: deferred must be [warning, critical] with critical not below warning"
        ),
        Row(
            "falling thresholds the wrong way round",
            "alerts: {certificate_expiry: [14d, 60d]}",
            "1:30: certificate_expiry must be [warning, critical] with critical not above warning"
        ),
        Row(
            "credential with a path",
            "directory: {client_key: \"credential:../x\"}",
            "1:25: client_key must be a path or credential:NAME, found \"credential:../x\""
        ),
        Row(
            "fingerprint cut short",
            "policy: {deny_keys: [abcd]}",
            "1:22: each entry of deny_keys must be a SHA-256 in 64 hexadecimal digits, found \"abcd\""
        ),
        Row("empty path", "ledger: {path: \"\"}", "1:16: path must be text, found \"\""),
        Row(
            "keystore of the other directory",
            "environment: production\ndirectory:\n  keystore: https://keystore.openbankingtest.org.uk\n",
            "3:3: keystore is the sandbox directory, environment is production"
        ),
        Row(
            "keystore not allowed",
            "directory:\n  allow_hosts: [x.test]\n",
            "2:3: allow_hosts does not list keystore.openbankingtest.org.uk, the host of keystore"
        ),
        Row(
            "certificate without key",
            "directory:\n  client_certificate: a.pem\n",
            "1:1: client_certificate and client_key go together; set both or neither"
        ),
        Row(
            "identity provider in part",
            "directory:\n  idp: {issuer: \"https://idp.test\"}\n",
            "2:3: idp needs issuer, client_id and jwks; set all or none"
        ),
        Row(
            "stale before due",
            "refresh: {classes: {crl: {stale_after: 10m}}}",
            "1:27: stale_after (10m) is shorter than every (1h)"
        ),
        Row(
            "a CRL says itself until when it is used",
            "refresh: {classes: {crl: {unusable_after: 3d}}}",
            "1:27: unknown key \"unusable_after\" in refresh.classes.crl; known here: every, stale_after"
        ),
        Row(
            "unusable before stale",
            "refresh: {classes: {software: {unusable_after: 30m}}}",
            "1:32: unusable_after (30m) is shorter than stale_after (1h)"
        ),
    ]
}
