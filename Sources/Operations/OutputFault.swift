/// The system refused to write a file that was asked for.
package struct OutputFault: Error, Equatable, Sendable {
    /// The file as it was to be called.
    package let path: String
    package let errno: Int32

    package init(path: String, errno: Int32) {
        (self.path, self.errno) = (path, errno)
    }
}
