import ArgumentParser
import Encoding
import Operations
import Spool
import Simulator

/// The main job on a simulated directory, from the first fetch to the last result, checked against what must come of it.
struct DemoCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Show the main job on a simulated directory and check what comes of it.",
        discussion: """
            Starts a key store on this machine (HTTPS, throw-away authority), makes requests of which known numbers \
            are wrong in known ways, refreshes, processes, rotates and revokes keys, and stops the key store. Ends \
            with 0 only when every result is as it must be.

            Example:
              counterfoil demo --requests 2000
            """
    )

    @Option(help: "The folder to work in; it must not exist. Left out: a new folder here.", completion: .directory)
    var dir: String?

    @Option(help: "How many requests to make.")
    var requests = 2_000

    @Option(help: "The seed of names and numbers; keys are new each time.")
    var seed: UInt64 = 1

    var isForProgram: Bool { false }

    func validate() throws {
        if requests < 500 { throw ValidationError("--requests must be 500 or more, to hold every kind of fault.") }
    }

    mutating func perform() throws(Failure) -> ExitStatus {
        ProcessPrivacy.enter()
        let folder = try DemoFolder.make(dir)
        do throws(SimulatorError) {
            return try play(folder)
        } catch {
            let message = UserMessage("demo", "\(error)", remedy: "run it again; if it stays, report it as a defect")
            throw Failure(message, name: error.code, .unexpected)
        }
    }

    /// Sets the stage, a directory with a server of its own, and plays the acts on it.
    private func play(_ folder: DemoFolder) throws(SimulatorError) -> ExitStatus {
        let print = DemoPrinter()
        print.title("Counterfoil: registrations proved against a directory's keys, without the network", folder.path)
        let server = try SimulatedServer()
        var plan = DirectoryPlan(now: Clock.system.now())
        plan.seed = seed
        plan.organisations = 6
        plan.softwarePerOrganisation = 5
        let directory = try server.start(plan)
        let forge = RequestForge(directory)
        try folder.install(directory, forge: forge)
        let population = "\(directory.organisations.count) organisations, \(directory.software.count) software"
        print.fact("directory", "\(server.baseURL), \(population)")
        do throws(Failure) {
            return try DemoActs(folder: folder, server: server, forge: forge, requests: requests, print: print).play()
        } catch {
            error.tell(asJSON: false)
            return ExitStatus(error.code)
        }
    }
}
