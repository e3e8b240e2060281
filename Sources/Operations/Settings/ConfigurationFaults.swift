/// Every mistake found in one configuration file, in the order of the file.
package struct ConfigurationFaults: Error, Equatable, Sendable {
    /// The mistakes, never none.
    package let faults: [ConfigurationFault]

    /// The mistakes, put in the order of the file.
    package init(_ faults: [ConfigurationFault]) {
        self.faults = faults.enumerated()
            .sorted {
                ($0.element.line, $0.element.column, $0.offset) < ($1.element.line, $1.element.column, $1.offset)
            }
            .map(\.element)
    }
}

extension ConfigurationFaults: CustomStringConvertible {
    /// One line per mistake.
    package var description: String { faults.map(\.description).joined(separator: "\n") }
}
