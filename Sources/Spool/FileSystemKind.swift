/// The kind of a file system, by its `statfs` magic number.
enum FileSystemKind {
    /// File systems on which a lock, a rename or a sync by another machine is not ours to rely on.
    private static let network: [UInt32: String] = [
        0x6969: "NFS", 0x517B: "SMB", 0xFE53_4D42: "SMB2", 0xFF53_4D42: "CIFS", 0x6573_5546: "FUSE", 0x0102_1997: "9P",
        0x00C3_6400: "Ceph", 0x5346_414F: "AFS", 0x6B41_4653: "AFS", 0x7375_7245: "Coda", 0x0BD0_0BD0: "Lustre",
        0x0116_1970: "GFS2", 0x7461_636F: "OCFS2", 0x786F_4256: "VirtualBox share", 0x4750_4653: "GPFS",
        0xAAD7_AAEA: "PanFS",
    ]

    /// The name of the network file system with this magic number; nil for a local one.
    static func network(magic: Int) -> String? { network[UInt32(truncatingIfNeeded: magic)] }
}
