import Testing

@testable import Operations

@Suite("Folding")
struct FoldingTests {
    @Test(
        "breaks between words, at the width and not before, and lets a long word stand",
        arguments: [
            ("one two three four five six seven", 33, "one two three four five six seven"),
            ("one two three four five six seven", 32, "one two three four five six\n  seven"),
            (
                "a   \u{1B}[31mred\u{1B}[0m   b c d e f g h i j k", 26,
                "a   \u{1B}[31mred\u{1B}[0m   b c d e f g h i\n  j k"
            ),
            ("short\naaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa b", 25, "short\naaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n  b"),
            ("one two three four five six seven", 10, "one two three four five six seven"),
            ("", 40, ""),
        ] as [(String, Int, String)]
    )
    func folds(_ text: String, _ width: Int, _ folded: String) {
        #expect(LineFolding.fold(text, width: width, indent: 2) == folded)
    }
}
