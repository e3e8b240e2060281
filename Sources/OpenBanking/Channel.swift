/// How a registration came: dynamically by the TPP's own signed request, or manually through the bank's portal.
package enum Channel: String, Sendable, CaseIterable {
    case dcr, mcr
}
