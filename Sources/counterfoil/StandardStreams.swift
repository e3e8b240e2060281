import Glibc

/// The three streams a process is started with.
enum StandardStreams {
    /// Puts nothing in the place of those that are closed, before any file is opened: one that got the number of a
    /// closed stream would be written to with what was meant for people.
    static func hold() {
        for number in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(number, F_GETFD) < 0 {
            // The lowest free number is this one.
            _ = unsafe open("/dev/null", number == STDIN_FILENO ? O_RDONLY : O_WRONLY)
        }
    }
}
