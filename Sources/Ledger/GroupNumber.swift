/// The number of the group that writes, for the rows that tell it; its own row comes when it ends.
final class GroupNumber {
    var value: Int64 = 0
}
