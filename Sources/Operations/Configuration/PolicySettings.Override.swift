package import OpenBanking

extension PolicySettings {
    /// A rule whose severity the bank has changed.
    package struct Override: Hashable, Sendable {
        /// The rule.
        package let rule: RuleID
        /// error, warning, info or off.
        package let severity: Severity

        /// Gives `rule` another severity.
        package init(rule: RuleID, severity: Severity) {
            self.rule = rule
            self.severity = severity
        }
    }
}

extension SettingForm where Value == [PolicySettings.Override] {
    /// A map from rule id to severity.
    static var overrides: SettingForm {
        let severities = Severity.allCases.filter { $0 != .deferral }.map(\.rawValue)
        return SettingForm(allowed: "R-nnn: \(severities.joined(separator: " | "))") { node, reading in
            guard case .mapping(let pairs) = node.content else {
                return reading.wrong(node, "a map such as {R-013: error}")
            }
            var overrides: [PolicySettings.Override] = []
            for (key, value) in pairs {
                guard let rule = RuleID(name: key.name) else {
                    let advice = RuleID.nearest(to: key.name).map { "; did you mean \($0.name)?" } ?? ""
                    let found = SafeText.quoted(key.name)
                    reading.fault(key, .notAllowed, "overrides name rules as R-013, found \(found)\(advice)")
                    continue
                }
                guard case .scalar(let word, _) = value.content, severities.contains(word),
                    let severity = Severity(rawValue: word)
                else {
                    let wanted = "one of \(severities.joined(separator: ", "))"
                    let advice =
                        SettingReading.meant(value, among: severities).map { "; did you mean \($0)?" } ?? ""
                    reading.fault(
                        value,
                        .notAllowed,
                        "\(key.name) must be \(wanted), found \(SettingReading.shown(value))\(advice)"
                    )
                    continue
                }
                overrides.append(PolicySettings.Override(rule: rule, severity: severity))
            }
            return overrides
        } write: { overrides in
            .map(overrides.map { SettingText.Pair(key: $0.rule.name, value: .plain($0.severity.rawValue)) })
        }
    }
}
