/// How many keys are kept where.
package struct KeyLimits: Sendable {
    /// Requests whose keys are kept one by one before they are sealed.
    package var recent = 4096
    /// Keys of a kind that are sealed at once.
    package var sealing = 65_536
    /// How many times as many keys a level may hold as the one before it.
    package var growth = 16
    /// Keys to a block: four blocks fit a page of the database, and one is what a look-up copies.
    package var block = 83
    /// Clients that are not yet found by their software.
    package var software = 65_536

    package init() {}

    /// The most keys a run of this level holds; the first is 1.
    func most(in level: Int) -> Int {
        var most = recent
        for _ in 0..<level { most = most.multipliedReportingOverflow(by: growth).overflow ? .max : most * growth }
        return most
    }
}
