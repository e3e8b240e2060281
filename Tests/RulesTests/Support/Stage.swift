import Encoding
import OpenBanking
import PKIX
import Simulator

@testable import Rules

/// The one simulated directory of these tests, and the moment they all happen at.
enum Stage {
    /// 2027-01-15T08:00:00Z.
    static let now: UnixTime = 1_800_000_000
    static let day: UnixTime = 86_400
    /// The bank's organisation id.
    static let audience = "0015800001041ABCDE"

    private static let made = Result { try SimulatedDirectory(plan) }
    private static let fullWorld = Result { try World(directory: made.get()) }

    private static var plan: DirectoryPlan {
        var plan = DirectoryPlan(now: now)
        plan.seed = 2027
        plan.softwarePerOrganisation = 2
        plan.keyPool = 8
        return plan
    }

    /// Three organisations with two pieces of software each; the third is legacy, every third signs with ES256.
    static var directory: SimulatedDirectory { get throws { try made.get() } }

    /// Everything the directory publishes, fetched ten minutes ago.
    static var world: World { get throws { try fullWorld.get() } }

    static var forge: RequestForge {
        get throws { RequestForge(try directory, audience: audience) }
    }

    /// The first software: OBWAC, RSA, roles AISP and PISP.
    static let plain = 0
    /// The second one of the same organisation, with CBPII as well.
    static let sibling = 1
    /// OBWAC, signs with ES256.
    static let elliptic = 2
    /// With a legacy certificate.
    static let legacy = 4

    /// What the bank of these tests decided: the defaults, its audience, and the directory's identity provider.
    static var policy: Policy {
        get throws {
            var policy = Policy()
            policy.audiences = [audience]
            policy.identityProvider = IdentityProvider(
                issuer: try directory.identityIssuer,
                clientID: try forge.portalClient,
                keysURL: try directory.identityKeysURL
            )
            return policy
        }
    }
}
