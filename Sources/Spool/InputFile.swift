/// An open input and what the file system says of it.
struct InputFile: ~Copyable {
    let file: Descriptor
    let status: FileStatus
}
