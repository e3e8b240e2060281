/// Whole items: drafts signed, named and with what must come of them.
extension RequestForge {
    /// A good item of `software` in a manner.
    package func item(
        of software: SimulatedSoftware,
        _ manner: RegistrationManner = .privateKeyJWT,
        number: Int = 0
    ) throws(SimulatorError) -> ForgedItem {
        let name = Self.name(number, manner.rawValue)
        if manner == .manual {
            return try finish(manual(for: software, number: number), name, software, nil)
        }
        return try finish(request(for: software, manner, number: number), name, software, manner, nil)
    }

    /// An item with a fault, of a software that can show it, chosen by `number`.
    package func item(_ fault: ForgedFault, number: Int = 0) throws(SimulatorError) -> ForgedItem {
        let everyone = directory.software
        let fit = everyone.filter { fault.suits($0, among: everyone) }
        guard !fit.isEmpty else { throw .unsuited(fault) }
        return try item(fault, of: fit[number % fit.count], number: number)
    }

    /// An item of `software` with a fault.
    package func item(
        _ fault: ForgedFault,
        of software: SimulatedSoftware,
        number: Int = 0
    ) throws(SimulatorError) -> ForgedItem {
        let everyone = directory.software
        guard fault.suits(software, among: everyone) else { throw .unsuited(fault) }
        let name = Self.name(number, fault.rawValue)
        let work = FaultWork(fault: fault, software: software, everyone: everyone, forge: self)
        if fault.isManual {
            var draft = manual(for: software, number: number)
            work.spoil(&draft)
            return try finish(draft, name, software, fault)
        }
        var draft = request(for: software, number: number)
        try work.spoil(&draft)
        return try finish(draft, name, software, .privateKeyJWT, fault)
    }

    private func finish(
        _ draft: RequestDraft,
        _ name: String,
        _ software: SimulatedSoftware,
        _ manner: RegistrationManner,
        _ fault: ForgedFault?
    ) throws(SimulatorError) -> ForgedItem {
        var draft = draft
        draft.record["ref"] = .text(name)
        let request = try draft.compact()
        return ForgedItem(
            name: name,
            line: draft.line(request: request),
            request: request,
            certificate: draft.certificate,
            softwareID: software.id,
            manner: manner,
            fault: fault
        )
    }

    private func finish(
        _ draft: ManualDraft,
        _ name: String,
        _ software: SimulatedSoftware,
        _ fault: ForgedFault?
    ) throws(SimulatorError) -> ForgedItem {
        var draft = draft
        draft.record["ref"] = .text(name)
        return ForgedItem(
            name: name,
            line: try draft.line(),
            request: nil,
            certificate: draft.certificate,
            softwareID: software.id,
            manner: .manual,
            fault: fault
        )
    }

    private static func name(_ number: Int, _ kind: String) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 6 - digits.utf8.count)) + digits + "-" + kind
    }
}
