/// How one kind of value is read from a node, written back, and described.
struct SettingForm<Value: Sendable>: Sendable {
    /// What is allowed, for the comment in the example: `"1 to 64"`, `"require | if-present | off"`; empty when the note says it.
    let allowed: String
    /// The value of `node`, or nil after the fault was added.
    let read: @Sendable (_ node: YAMLNode, _ reading: inout SettingReading) -> Value?
    let write: @Sendable (Value) -> SettingText
}

extension SettingForm where Value == Int {
    /// A whole number in decimal, without quotes.
    static func whole(_ range: ClosedRange<Int>) -> SettingForm {
        SettingForm(allowed: "\(range.lowerBound) to \(range.upperBound)") { node, reading in
            guard case .scalar(let text, let quoted) = node.content, !node.isEmpty else {
                return reading.wrong(node, "a whole number")
            }
            guard let number = DecimalQuantity.whole(text) else {
                let digits = text.utf8.count > 1 && text.utf8.allSatisfy { (48...57).contains($0) }
                return reading.wrong(
                    node,
                    digits ? "a whole number in decimal without leading zeros" : "a whole number"
                )
            }
            guard !quoted else { return reading.wrong(node, "a whole number without quotes") }
            guard range.contains(number) else {
                return reading.wrong(node, "between \(range.lowerBound) and \(range.upperBound)", .outOfRange)
            }
            return number
        } write: {
            .plain(String($0))
        }
    }
}

extension SettingForm where Value == Bool {
    /// `true` or `false`, nothing else.
    static var flag: SettingForm {
        SettingForm(allowed: "true | false") { node, reading in
            switch node.content {
            case .scalar("true", quoted: false): true
            case .scalar("false", quoted: false): false
            default: reading.wrong(node, "true or false")
            }
        } write: {
            .plain($0 ? "true" : "false")
        }
    }
}

extension SettingForm where Value == Interval {
    /// A length of time with its unit.
    static func interval(from least: Interval, to most: Interval) -> SettingForm {
        SettingForm(allowed: "\(least) to \(most)") { node, reading in
            guard case .scalar(let text, _) = node.content, let value = Interval(text) else {
                return reading.wrong(node, "a length of time such as 15m (ms, s, m, h, d)")
            }
            guard (least...most).contains(value) else {
                return reading.wrong(node, "between \(least) and \(most)", .outOfRange)
            }
            return value
        } write: {
            .plain($0.description)
        }
    }
}

extension SettingForm where Value == ByteSize {
    /// A number of bytes with its unit.
    static func size(from least: ByteSize, to most: ByteSize) -> SettingForm {
        SettingForm(allowed: "\(least) to \(most)") { node, reading in
            guard case .scalar(let text, _) = node.content, let value = ByteSize(text) else {
                return reading.wrong(node, "a size such as 64KiB (B, KiB, MiB, GiB)")
            }
            guard (least...most).contains(value) else {
                return reading.wrong(node, "between \(least) and \(most)", .outOfRange)
            }
            return value
        } write: {
            .plain($0.description)
        }
    }
}

extension SettingForm {
    /// One word of a closed list.
    ///
    /// `suggests` names the word that was probably meant; not where a slip and a choice look alike.
    static func choice(suggests: Bool = true) -> SettingForm where Value: RawRepresentable<String> & CaseIterable {
        let names = Value.allCases.map(\.rawValue)
        return SettingForm(allowed: names.joined(separator: " | ")) { node, reading in
            guard case .scalar(let text, _) = node.content, let value = Value(rawValue: text) else {
                let wanted = "one of \(names.joined(separator: ", "))"
                return reading.wrong(node, wanted, .notAllowed, among: suggests ? names : [])
            }
            return value
        } write: {
            .plain($0.rawValue)
        }
    }

    /// A list, each entry once.
    static func list<Element: Hashable>(
        of form: SettingForm<Element>,
        atLeast least: Int = 0
    ) -> SettingForm where Value == [Element] {
        SettingForm(allowed: form.allowed.isEmpty ? "" : "a list of \(form.allowed)") { node, reading in
            guard case .sequence(let items) = node.content else { return reading.wrong(node, "a list such as [a, b]") }
            let name = reading.name
            defer { reading.name = name }
            reading.name = "each entry of \(name)"
            var values: [Element] = []
            for item in items {
                guard let value = form.read(item, &reading) else { continue }
                if values.contains(value) {
                    reading.fault(item, .duplicateKey, "\(name) lists \(SettingReading.shown(item)) twice")
                } else {
                    values.append(value)
                }
            }
            guard items.count >= least else {
                reading.fault(
                    node,
                    .outOfRange,
                    "\(name) must have at least \(least == 1 ? "one entry" : "\(least) entries")"
                )
                return nil
            }
            return values
        } write: {
            .list($0.map(form.write))
        }
    }

    /// Two limits, the first to warn at, the second to call critical.
    static func thresholds<Limit: Comparable & Hashable>(_ form: SettingForm<Limit>, falling: Bool = false)
        -> SettingForm where Value == Thresholds<Limit>
    {
        SettingForm(allowed: "[warning, critical]") { node, reading in
            guard case .sequence(let items) = node.content, items.count == 2 else {
                return reading.wrong(node, "two limits, [warning, critical]")
            }
            guard let warning = form.read(items[0], &reading), let critical = form.read(items[1], &reading) else {
                return nil
            }
            guard falling ? warning >= critical : warning <= critical else {
                let order = falling ? "not above" : "not below"
                reading.fault(
                    node,
                    .conflict,
                    "\(reading.name) must be [warning, critical] with critical \(order) warning"
                )
                return nil
            }
            return Thresholds(warning: warning, critical: critical)
        } write: {
            .list([form.write($0.warning), form.write($0.critical)])
        }
    }
}
