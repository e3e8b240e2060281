package import OpenBanking

/// An ordered list of registrations to drop, good ones and wrong ones mixed, with what must come of each.
package struct Campaign: Sendable {
    /// The items in the order they are dropped.
    package let items: [ForgedItem]

    /// Lays out `count` items; those not taken by faults are good, in all manners and of all software in turn.
    ///
    /// - Parameters:
    ///   - forge: what makes and signs them, in parallel.
    ///   - count: how many; at least as many as the faults are.
    ///   - faults: how many of each fault; ``evenly(_:)`` helps.
    ///   - start: the number of the first, so that several campaigns share no name.
    /// - Throws: ``SimulatorError/unsuited(_:)`` where the directory has no software to show a fault.
    package init(
        _ forge: RequestForge,
        count: Int,
        faults: [ForgedFault: Int] = [:],
        numberedFrom start: Int = 0
    ) throws(SimulatorError) {
        var kinds: [ForgedFault?] = ForgedFault.allCases.flatMap { Array(repeating: $0, count: faults[$0] ?? 0) }
        kinds += Array(repeating: nil, count: max(0, count - kinds.count))
        var random = RandomSource(seed: forge.seed, stream: 1 << 43)
        kinds.shuffle(using: &random)
        let manners = RegistrationManner.allCases
        let software = forge.directory.software
        let order = kinds
        items = try Parallel.map(order.count) { (number) throws(SimulatorError) in
            if let fault = order[number] { return try forge.item(fault, number: start + number) }
            let manner = manners[(number + number / manners.count) % manners.count]
            return try forge.item(of: software[number % software.count], manner, number: start + number)
        }
    }

    /// Good items of one software, in all manners in turn.
    package init(
        _ forge: RequestForge,
        of software: SimulatedSoftware,
        count: Int,
        numberedFrom start: Int = 0
    ) throws(SimulatorError) {
        let manners = RegistrationManner.allCases.filter { $0 != .manual }
        items = try Parallel.map(count) { (number) throws(SimulatorError) in
            try forge.item(of: software, manners[number % manners.count], number: start + number)
        }
    }

    /// The same number of every fault.
    package static func evenly(_ each: Int) -> [ForgedFault: Int] {
        Dictionary(uniqueKeysWithValues: ForgedFault.allCases.map { ($0, each) })
    }

    /// How many items must end in each outcome.
    package var expected: [Outcome: Int] {
        Dictionary(items.map { ($0.expectation.outcome, 1) }, uniquingKeysWith: +)
    }

    /// The records as bulk text, one a line (NDJSON).
    package var bulk: [UInt8] { Array(items.map { $0.line + "\n" }.joined().utf8) }

    /// Writes the bulk file.
    package func writeBulk(to path: String) throws(SimulatorError) { try FileWriter.write(bulk, to: path) }

    /// Writes each item as `<name>.jwt` and `<name>.pem`, or `<name>.json` for a manual registration; the request or
    /// record last, as it completes the pair.
    package func writeSingles(to folder: String) throws(SimulatorError) {
        for item in items {
            let stem = folder + "/" + item.name
            guard let request = item.request else {
                try FileWriter.write(item.line, to: stem + ".json")
                continue
            }
            if let certificate = item.certificate { try FileWriter.write(certificate, to: stem + ".pem") }
            try FileWriter.write(request, to: stem + ".jwt")
        }
    }
}
