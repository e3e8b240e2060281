/// How many keys are kept where.
package struct KeyLimits: Sendable {
    /// Requests whose keys are kept one by one before they are sealed.
    package var recent = 4096
    /// Keys of a kind that are sealed at once.
    package var sealing = 65_536
    /// How many runs of a level become one of the next.
    package var fan = 4
    /// Keys of a kind that are merged for each request that came: each level asks for one, so that half are in reserve.
    package var pace = 8
    /// Keys to a block: one that fits a page of the database.
    package var block = 336
    /// Clients that are not yet found by their software.
    package var software = 65_536

    package init() {}

    /// The level of a run that was just sealed with so many keys; the first is 1.
    func level(of entries: Int) -> Int {
        var level = 1
        var rest = entries / recent
        while rest >= fan {
            rest /= fan
            level += 1
        }
        return level
    }
}
