/// One mistake in a configuration file, where it is and what to write instead.
package struct ConfigurationFault: Error, Hashable, Sendable {
    /// The kinds of mistake; stable, for tests and JSON.
    package enum Code: String, Sendable, CaseIterable {
        case unreadable, tooLarge, encoding, syntax, documents, anchor, tag, depth
        case unknownKey, duplicateKey, noValue, wrongType, outOfRange, notAllowed, conflict
    }

    /// The file as it was named to the reader.
    package let file: String
    /// The line, from 1; 0 when the fault is about the whole file.
    package let line: Int
    /// The column, from 1, in Unicode scalars.
    package let column: Int
    /// The kind of mistake.
    package let code: Code
    /// What is wrong, what was found, what to write.
    package let message: String

    /// A mistake at a place; line 0 is the whole file.
    package init(file: String, line: Int, column: Int, code: Code, message: String) {
        self.file = file
        self.line = line
        self.column = column
        self.code = code
        self.message = message
    }
}

extension ConfigurationFault: CustomStringConvertible {
    /// `counterfoil.yaml:14:11: workers must be a whole number, found "eight"`.
    package var description: String {
        line == 0 ? "\(file): \(message)" : "\(file):\(line):\(column): \(message)"
    }
}
