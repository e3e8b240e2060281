import Operations

extension Site {
    /// What `sources.yaml` asks for; nothing where there is no such file.
    func plannedSources() throws(Failure) -> SourcesFile {
        let path = configuration.refresh.sources
        guard Folders.exists(path) else { return SourcesFile() }
        do throws(ConfigurationFaults) {
            return try SourcesFile.load(path: path)
        } catch {
            throw Failure(error)
        }
    }

    /// The key sets of the directory this site trusts; nothing else may add one.
    func directoryURLs() throws(Failure) -> Set<String> {
        Set([configuration.directory.jwks] + (try plannedSources()).directory)
    }
}
