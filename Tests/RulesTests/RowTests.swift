import OpenBanking
import Testing

@testable import Rules

/// Every table of rows, by the part of the rule book it is about.
enum RowTables {
    static let all: [Row] =
        framingRows + headerRows + claimRows + claimTextRows + metadataRows + cibaRows + statementRows + standingRows
        + directoryKeyRows + softwareKeyRows + timeRows + redirectRows + scopeRows + certificateRows
        + certificateBindingRows + revocationRows + manualRows + recordRows + migrationRows + credentialRows
        + softeningRows
}

/// Each row breaks exactly the rules it names; each good one breaks none.
struct RowTests {
    @Test("framing", arguments: framingRows) func framing(_ row: Row) throws { try row.check() }
    @Test("header", arguments: headerRows) func header(_ row: Row) throws { try row.check() }
    @Test("claims", arguments: claimRows) func claims(_ row: Row) throws { try row.check() }
    @Test("claim texts", arguments: claimTextRows) func claimTexts(_ row: Row) throws { try row.check() }
    @Test("metadata", arguments: metadataRows) func metadata(_ row: Row) throws { try row.check() }
    @Test("CIBA", arguments: cibaRows) func ciba(_ row: Row) throws { try row.check() }
    @Test("software statement", arguments: statementRows) func statement(_ row: Row) throws { try row.check() }
    @Test("standing", arguments: standingRows) func standing(_ row: Row) throws { try row.check() }
    @Test("directory keys", arguments: directoryKeyRows) func directoryKeys(_ row: Row) throws { try row.check() }
    @Test("software keys", arguments: softwareKeyRows) func softwareKeys(_ row: Row) throws { try row.check() }
    @Test("times and audience", arguments: timeRows) func times(_ row: Row) throws { try row.check() }
    @Test("redirects", arguments: redirectRows) func redirects(_ row: Row) throws { try row.check() }
    @Test("scopes", arguments: scopeRows) func scopes(_ row: Row) throws { try row.check() }
    @Test("certificates", arguments: certificateRows) func certificates(_ row: Row) throws { try row.check() }
    @Test("bindings", arguments: certificateBindingRows) func bindings(_ row: Row) throws { try row.check() }
    @Test("revocation", arguments: revocationRows) func revocation(_ row: Row) throws { try row.check() }
    @Test("manual", arguments: manualRows) func manual(_ row: Row) throws { try row.check() }
    @Test("softened rules", arguments: softeningRows) func softened(_ row: Row) throws { try row.check() }
    @Test("migrated records", arguments: migrationRows) func migrated(_ row: Row) throws { try row.check() }
    @Test("credentials", arguments: credentialRows) func credentials(_ row: Row) throws { try row.check() }
    @Test("records", arguments: recordRows) func records(_ row: Row) throws { try row.check() }
}
