import GRDB

/// Bytes as a column's value.
struct Blob: DatabaseValueConvertible {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    init?(_ bytes: [UInt8]?) {
        guard let bytes else { return nil }
        self.bytes = bytes
    }

    var databaseValue: DatabaseValue {
        // GRDB's type for bytes is Foundation's Data; it is made by inference, so that Foundation need not be named.
        DatabaseValue.Storage.blob(Self.collected(bytes)).value?.databaseValue ?? .null
    }

    static func fromDatabaseValue(_ value: DatabaseValue) -> Blob? {
        guard case .blob(let data) = value.storage else { return nil }
        return Blob([UInt8](data))
    }

    private static func collected<C: RangeReplaceableCollection<UInt8>>(_ bytes: [UInt8]) -> C { C(bytes) }
}
