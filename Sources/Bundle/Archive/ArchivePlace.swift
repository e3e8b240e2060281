/// Where the bytes of a member lie in a bundle's file.
struct ArchivePlace: Equatable {
    let offset: Int64
    let count: Int
}
