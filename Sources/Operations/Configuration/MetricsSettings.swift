/// Where metrics are published; `counterfoil status --metrics` prints them in any case.
package struct MetricsSettings: Equatable, Sendable {
    /// A file for the node exporter's textfile collector, such as /var/lib/prometheus/node-exporter/counterfoil.prom;
    /// "" for none.
    package var textfile = ""
    /// A Unix socket where run answers GET /metrics, such as /run/counterfoil/metrics.sock; "" for none.
    package var socket = ""
    /// How often run writes the file; refresh and process write it when they end.
    package var every = Interval.seconds(15)

    /// Everything at its default.
    package init() {}

    static let settings: [Setting<MetricsSettings>] = [
        Setting(
            "textfile",
            \.textfile,
            .path(optional: true),
            "A file for the node exporter's textfile collector, such as /var/lib/prometheus/node-exporter/counterfoil.prom;"
                + " \"\" for none."
        ),
        Setting(
            "socket",
            \.socket,
            .path(optional: true),
            "A Unix socket where run answers GET /metrics, such as /run/counterfoil/metrics.sock; \"\" for none."
        ),
        Setting(
            "every",
            \.every,
            .interval(from: .seconds(1), to: .hours(1)),
            "How often run writes the file; refresh and process write it when they end."
        ),
    ]
}
