/// Whether the bank's gateway vouches that the TPP held the key of its transport certificate (rules.md 4.5, rule R-115).
package enum TLSPossession: String, Sendable {
    case attested, unproven
}
