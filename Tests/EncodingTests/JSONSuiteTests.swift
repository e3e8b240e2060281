import Encoding
import Scores
import Testing

/// All 318 parsing files and 22 transform files of JSONTestSuite.
@Suite(
    "JSONTestSuite",
    .enabled(if: Vectors.exists("JSONTestSuite/test_parsing"), "skipped: the outside vectors are not here")
)
struct JSONSuiteTests {
    static func error(_ bytes: [UInt8], grammarOnly: Bool = false) -> JSONError? {
        var limits = JSONLimits.request
        limits.refusesRepeatedNames = !grammarOnly
        let document = JSONDocument(limits: limits)
        do {
            try document.parse(bytes)
            return nil
        } catch {
            return error
        }
    }

    static func files(_ prefix: String) throws -> [(name: String, bytes: [UInt8])] {
        try Vectors.files(in: "JSONTestSuite/test_parsing").filter { $0.name.hasPrefix(prefix) }
    }

    /// The two texts that are good grammar, but repeat a member name, which RFC 8259 §4 leaves to the reader.
    static let repeated = ["y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"]

    @Test("all 95 y_ files are accepted as grammar; as requests, two are refused for nothing but their repeated name")
    func accepted() throws {
        let files = try Self.files("y_")
        #expect(files.count == 95)
        let refused = files.filter { Self.error($0.bytes, grammarOnly: true) != nil }.map(\.name)
        Score("jsontestsuite y_", passed: files.count - refused.count, of: files.count, falseRejects: refused).record()
        for file in files {
            #expect(Self.error(file.bytes, grammarOnly: true) == nil, "\(file.name)")
            let error = Self.error(file.bytes)
            if Self.repeated.contains(file.name) {
                #expect(error == .duplicateMember("a", at: 9), "\(file.name)")
            } else {
                #expect(error == nil, "\(file.name)")
            }
        }
    }

    @Test("all 188 n_ files are refused")
    func refused() throws {
        let files = try Self.files("n_")
        #expect(files.count == 188)
        let accepted = files.filter { Self.error($0.bytes) == nil }.map(\.name)
        #expect(accepted == [])
        Score("jsontestsuite n_", passed: files.count - accepted.count, of: files.count, falseAccepts: accepted)
            .record()
    }

    /// What the standard leaves open: numbers out of range are kept as written, everything else is refused.
    static let open: [String: JSONError?] = [
        "i_number_double_huge_neg_exp": nil,
        "i_number_huge_exp": .numberLimit(at: 1),
        "i_number_neg_int_huge_exp": nil,
        "i_number_pos_double_huge_exp": nil,
        "i_number_real_neg_overflow": nil,
        "i_number_real_pos_overflow": nil,
        "i_number_real_underflow": nil,
        "i_number_too_big_neg_int": nil,
        "i_number_too_big_pos_int": nil,
        "i_number_very_big_negative_int": nil,
        "i_object_key_lone_2nd_surrogate": .surrogate(at: 2),
        "i_string_1st_surrogate_but_2nd_missing": .surrogate(at: 2),
        "i_string_1st_valid_surrogate_2nd_invalid": .surrogate(at: 2),
        "i_string_UTF-16LE_with_BOM": .unexpected(0xFF, at: 0),
        "i_string_UTF-8_invalid_sequence": .utf8(at: 7),
        "i_string_UTF8_surrogate_U+D800": .utf8(at: 2),
        "i_string_incomplete_surrogate_and_escape_valid": .surrogate(at: 2),
        "i_string_incomplete_surrogate_pair": .surrogate(at: 2),
        "i_string_incomplete_surrogates_escape_valid": .surrogate(at: 2),
        "i_string_invalid_lonely_surrogate": .surrogate(at: 2),
        "i_string_invalid_surrogate": .surrogate(at: 2),
        "i_string_invalid_utf-8": .utf8(at: 2),
        "i_string_inverted_surrogates_U+1D11E": .surrogate(at: 2),
        "i_string_iso_latin_1": .utf8(at: 2),
        "i_string_lone_second_surrogate": .surrogate(at: 2),
        "i_string_lone_utf8_continuation_byte": .utf8(at: 2),
        "i_string_not_in_unicode_range": .utf8(at: 2),
        "i_string_overlong_sequence_2_bytes": .utf8(at: 2),
        "i_string_overlong_sequence_6_bytes": .utf8(at: 2),
        "i_string_overlong_sequence_6_bytes_null": .utf8(at: 2),
        "i_string_truncated-utf-8": .utf8(at: 2),
        "i_string_utf16BE_no_BOM": .unexpected(0, at: 0),
        "i_string_utf16LE_no_BOM": .unexpected(0, at: 1),
        "i_structure_500_nested_arrays": .depthLimit(at: 16),
        "i_structure_UTF-8_BOM_empty_object": .byteOrderMark,
    ]

    @Test("each of the 35 i_ files has its fixed answer")
    func pinned() throws {
        let files = try Self.files("i_")
        #expect(Set(files.map { String($0.name.dropLast(5)) }) == Set(Self.open.keys))
        var passed = 0
        for file in files {
            let expected = try #require(Self.open[String(file.name.dropLast(5))])
            #expect(Self.error(file.bytes) == expected, "\(file.name)")
            passed += Self.error(file.bytes) == expected ? 1 : 0
        }
        Score("jsontestsuite i_", passed: passed, of: files.count, note: "each answer is fixed").record()
    }

    @Test("500 nested arrays are read where the depth allows it")
    func deep() throws {
        let file = try #require(try Self.files("i_structure_500").first)
        var limits = JSONLimits.request
        limits.depth = 500
        try JSONDocument(limits: limits).parse(file.bytes)
        limits.depth = 499
        #expect(throws: JSONError.depthLimit(at: 499)) { try JSONDocument(limits: limits).parse(file.bytes) }
    }

    /// Where readers disagree on the value: ours keeps exact text, composes nothing and never picks a member.
    static let transforms: [String: JSONError?] = [
        "number_-9223372036854775808": nil, "number_-9223372036854775809": nil, "number_1.0": nil,
        "number_1.000000000000000005": nil, "number_1000000000000000": nil, "number_10000000000000000999": nil,
        "number_1e-999": nil, "number_1e6": nil, "number_9223372036854775807": nil, "number_9223372036854775808": nil,
        "object_key_nfc_nfd": nil, "object_key_nfd_nfc": nil,
        "object_same_key_different_values": .duplicateMember("a", at: 7),
        "object_same_key_same_value": .duplicateMember("a", at: 7),
        "object_same_key_unclear_values": .duplicateMember("a", at: 8),
        "string_1_escaped_invalid_codepoint": .surrogate(at: 2), "string_1_invalid_codepoint": .utf8(at: 2),
        "string_2_escaped_invalid_codepoints": .surrogate(at: 2), "string_2_invalid_codepoints": .utf8(at: 2),
        "string_3_escaped_invalid_codepoints": .surrogate(at: 2), "string_3_invalid_codepoints": .utf8(at: 2),
        "string_with_escaped_NULL": nil,
    ]

    @Test("each of the 22 transform files has its fixed answer, and numbers are written again as they were")
    func transformed() throws {
        let files = try Vectors.files(in: "JSONTestSuite/test_transform")
        #expect(Set(files.map { String($0.name.dropLast(5)) }) == Set(Self.transforms.keys))
        for file in files {
            let expected = try #require(Self.transforms[String(file.name.dropLast(5))])
            #expect(Self.error(file.bytes) == expected, "\(file.name)")
            guard file.name.hasPrefix("number") else { continue }
            let document = JSONDocument()
            try document.parse(file.bytes)
            let buffer = ByteBuffer()
            var writer = JSONWriter(buffer)
            writer.value(document.root)
            #expect(buffer.all.string == String(decoding: file.bytes, as: UTF8.self).filter { !$0.isWhitespace })
        }
    }
}
