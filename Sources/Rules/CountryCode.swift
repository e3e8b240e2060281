/// ISO 3166 codes of the countries whose authorities the directory names, in three letters from two.
enum CountryCode {
    private static let codes: [String: String] = [
        "AT": "AUT", "BE": "BEL", "BG": "BGR", "CY": "CYP", "CZ": "CZE", "DE": "DEU", "DK": "DNK", "EE": "EST",
        "ES": "ESP",
        "FI": "FIN", "FR": "FRA", "GB": "GBR", "GG": "GGY", "GI": "GIB", "GR": "GRC", "HR": "HRV", "HU": "HUN",
        "IE": "IRL",
        "IM": "IMN", "IS": "ISL", "IT": "ITA", "JE": "JEY", "LI": "LIE", "LT": "LTU", "LU": "LUX", "LV": "LVA",
        "MT": "MLT",
        "NL": "NLD", "NO": "NOR", "PL": "POL", "PT": "PRT", "RO": "ROU", "SE": "SWE", "SI": "SVN", "SK": "SVK",
    ]

    /// The three letters of a two-letter code, or the code itself where it is not listed.
    static func threeLetters(_ code: String) -> String { codes[code] ?? code }
}
