/// Whether the bank's gateway vouches that the TPP held the key of its transport certificate.
package enum TLSPossession: String, Sendable {
    case attested, unproven
}
