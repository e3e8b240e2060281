import Encoding

/// Text from a file or a person as messages show it: quoted, cut, control and bidi characters spelled out.
enum SafeText {
    static func quoted(_ text: String) -> String { "\"\(Printable.text(text, limit: 80))\"" }
}
