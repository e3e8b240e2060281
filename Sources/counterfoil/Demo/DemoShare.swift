import OpenBanking
import Simulator

/// How the requests are shared among the acts, and how many of each fault there are.
struct DemoShare {
    /// The first batch, faults among it.
    let first: Int
    /// Of the first, those dropped as single files.
    let singles: Int
    /// After the rotation.
    let second: Int
    /// Signed with the key that is revoked.
    let revoked: Int
    /// Without the directory.
    let third: Int
    let faults: [ForgedFault: Int]

    init(requests: Int) {
        revoked = 25
        second = requests * 3 / 20
        third = requests * 3 / 20
        first = requests - revoked - second - third
        singles = first / 10
        faults = Campaign.evenly(max(1, first / 350))
    }

    /// In how many ways requests are wrong; the key revoked half-way is one more.
    var waysToBeWrong: Int { faults.count { $0.key.expectation.outcome != .deferred } + 1 }

    /// How many requests must be refused for good.
    var wrong: Int {
        faults.filter { $0.key.expectation.outcome != .deferred }.values.reduce(0, +) + revoked
    }
}
