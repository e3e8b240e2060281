/// Every rule of the rule book by number; its text is `R-` and three digits.
///
/// Numbers are stable: a retired rule keeps its number. docs/RULES.md lists them with source, code and severity.
package enum RuleID: Int, Sendable, CaseIterable, Hashable {
    case completeFile = 1
    case readableRecord = 2
    case contentType = 3
    case compactJWS = 4
    case strictJSON = 5
    case digestUnseen = 6
    case requestAlgorithm = 7
    case requestAlgorithmSigned = 8
    case requestKeyID = 9
    case requestHeaderKeys = 10
    case requestCritical = 11
    case requestEncodedPayload = 12
    case requestType = 13
    case requestContentType = 14
    case issuerForm = 15
    case issuedAtForm = 16
    case expiresAtForm = 17
    case audienceForm = 18
    case audienceShape = 19
    case jwtIDForm = 20
    case jwtIDIsUUID = 21
    case statementPresent = 22
    case authenticationMethodForm = 23
    case grantTypesForm = 24
    case responseTypesForm = 25
    case responseTypesDefault = 26
    case scopeForm = 27
    case scopeForm31 = 28
    case applicationType = 29
    case idTokenAlgorithm = 30
    case requestObjectAlgorithm = 31
    case authenticationAlgorithmPresent = 32
    case authenticationAlgorithm = 33
    case subjectDNPresent = 34
    case subjectDNUnasked = 35
    case subjectDNForm = 36
    case softwareIDForm = 37
    case redirectURIsForm = 38
    case clientIDIgnored = 39
    case claimText = 40
    case unknownClaims = 41
    case cibaVersion = 42
    case deliveryMode = 43
    case notificationEndpoint = 44
    case backchannelAlgorithm = 45
    case userCode = 46
    case userFlow = 47
    case codeGrantResponse = 48
    case refreshGrant = 49
    case authenticationMethodSupported = 50
    case authenticationMethodFAPI = 51
    case metadataSupported = 52
    case idTokenNeedsOpenID = 53
    case codeAlone = 54
    case statementFraming = 55
    case statementAlgorithm = 56
    case statementType = 57
    case statementKeyID = 58
    case statementHeaderKeys = 59
    case statementIssuer = 60
    case statementClaims = 61
    case statementVersion = 62
    case statementSizes = 63
    case statementSoftwareID = 64
    case statementOrganisationID = 65
    case environment = 66
    case softwareMode = 67
    case organisationStatus = 68
    case authorityStatus = 69
    case softwareRoles = 70
    case rolesAuthorised = 71
    case keyURLs = 72
    case statementNotFuture = 73
    case statementAge = 74
    case statementWindow = 75
    case statementUnused = 76
    case denyList = 77
    case presentationHosts = 78
    case presentationLive = 79
    case directoryKeysUsable = 80
    case directoryKeyKnown = 81
    case directoryKeyFits = 82
    case directoryKeyTrusted = 83
    case statementSignature = 84
    case statementReread = 85
    case softwareKeysUsable = 86
    case requestKeyKnown = 87
    case requestKeyFits = 88
    case requestKeyNotRevoked = 89
    case keyCertificate = 90
    case keyThumbprint = 91
    case keyCandidates = 92
    case requestSignature = 93
    case notExpired = 94
    case notFuture = 95
    case lifetime = 96
    case audience = 97
    case replay = 98
    case requestIssuer = 99
    case requestSoftwareID = 100
    case softwareRegistered = 101
    case redirectForm = 102
    case redirectScheme = 103
    case redirectHost = 104
    case redirectFragment = 105
    case redirectPattern = 106
    case redirectListed = 107
    case statementRedirects = 108
    case redirectRepeated = 109
    case statementRedirectQuality = 110
    case scopeKnown = 111
    case scopeAllowed = 112
    case scopeOpenID = 113
    case certificateReadable = 114
    case possession = 115
    case certificateWindow = 116
    case certificateChain = 117
    case certificateIsLeaf = 118
    case certificateStrength = 119
    case certificatePurpose = 120
    case certificateProfile = 121
    case profileAllowed = 122
    case legacyNames = 123
    case legacySoftware = 124
    case legacyOrganisation = 125
    case legacyIssuerNames = 126
    case obwacOrganisation = 127
    case organisationIdentifier = 128
    case authorityRegistration = 129
    case psd2Statement = 130
    case psd2Roles = 131
    case authorityIdentifier = 132
    case trustedList = 133
    case membership = 134
    case certificateNotRevoked = 135
    case certificateRevocationList = 136
    case issuingAuthority = 137
    case subjectDN = 138
    case separateKeys = 139
    case clientKnown = 140
    case clientOwner = 141
    case clientToken = 142
    case updateComplete = 143
    case updateKeeps = 144
    case deleteTokens = 145
    case operationEnabled = 146
    case identityToken = 147
    case associated = 148
    case portalOrganisation = 149
    case manualStatement = 150
    case credentialEnvironment = 151
    case portalRedirects = 152
    case applicationCertificate = 153
    case bankTemplate = 154
    case clientIDUnique = 155
    case clientSecret = 156
    case resultForm = 157
    case errorForm = 158
    case publishedOnce = 159
    case auditLine = 160

    /// The rule's public name, such as `R-107`.
    package var name: String {
        let digits = String(rawValue)
        return "R-" + String(repeating: "0", count: 3 - digits.utf8.count) + digits
    }

    /// Returns the rule of a public name, or nil.
    package init?(name: String) {
        guard name.hasPrefix("R-"), name.utf8.count == 5, let number = Int(name.dropFirst(2)) else { return nil }
        self.init(rawValue: number)
    }
}

extension RuleID: Comparable {
    package static func < (left: RuleID, right: RuleID) -> Bool { left.rawValue < right.rawValue }
}
