/// Why work on the store on behalf of another target came to nothing.
package enum DeskFault<Fault: Error>: Error {
    /// The store's own fault.
    case store(KeyStoreError)
    /// The work stopped by itself; nothing of it remains.
    case stopped(Fault)
}
