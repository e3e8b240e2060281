/// Figures for Prometheus.
package struct MetricSettings: Equatable, Sendable {
    /// Text file for node-exporter, such as /var/lib/prometheus/node-exporter/counterfoil.prom; "" is off.
    package var textfile = ""

    /// Everything at its default.
    package init() {}

    static let settings: [Setting<MetricSettings>] = [
        Setting(
            "textfile",
            \.textfile,
            .path(optional: true),
            "Text file for node-exporter, such as /var/lib/prometheus/node-exporter/counterfoil.prom; \"\" is off."
        )
    ]
}
