/// What a body turned out to be.
enum PreparedBody {
    case set(PreparedSet)
    case list(VerifiedList)
    case refused(Refusal)
}
