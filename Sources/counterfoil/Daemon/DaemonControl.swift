import Operations

/// What an operator may ask of a running daemon: read the configuration again, say how it stands.
struct DaemonControl: Sendable {
    /// The file named on the command line, if any.
    let path: String?
    let process: ProcessLoop
    let refresh: RefreshLoop
    let metrics: MetricsLoop
    let log: Log
    let manager: ServiceManager

    /// Reads the whole configuration first and keeps the old one where the new one has a fault.
    func reload() {
        manager.reloading(.system)
        do throws(Failure) {
            let site = try Site(path: path)
            process.use(site) { @Sendable [refresh, metrics, log, manager] failure in
                if let failure {
                    log(.serviceReloadFailed, "Keeping the old configuration", .reason(failure.line))
                } else {
                    refresh.keep(site)
                    metrics.use(site)
                    log(.serviceReload, "Working by the new configuration")
                }
                manager.ready("configuration read again")
            }
        } catch {
            log(.serviceReloadFailed, "Keeping the old configuration", .reason(error.line))
            manager.ready("keeping the old configuration")
        }
    }

    /// Logs one line about the work.
    func tellStatus() {
        process.status { @Sendable [log] line in log(.serviceStatus, "Status", .reason(line)) }
    }
}
