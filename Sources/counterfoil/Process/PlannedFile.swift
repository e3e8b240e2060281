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

    /// The key sets of the directory this site trusts, those of its identity provider too; nothing else may add one.
    func directoryURLs() throws(Failure) -> Set<String> {
        let named = [configuration.directory.jwks, configuration.directory.idp.jwks].filter { !$0.isEmpty }
        return Set(named + (try plannedSources()).directory)
    }
}
