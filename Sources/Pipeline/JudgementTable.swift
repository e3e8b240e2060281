import Synchronization

/// The judgements of one group by place, filled by many workers, read by one committer.
///
/// `@unchecked Sendable`: every place is written by exactly one worker, and read only after all workers ended.
@safe final class JudgementTable: @unchecked Sendable {
    private let places: UnsafeMutablePointer<Judgement?>
    private let capacity: Int
    private(set) var count = 0

    init(capacity: Int) {
        self.capacity = capacity
        unsafe places = UnsafeMutablePointer<Judgement?>.allocate(capacity: capacity)
        unsafe places.initialize(repeating: nil, count: capacity)
    }

    deinit {
        unsafe places.deinitialize(count: capacity)
        unsafe places.deallocate()
    }

    /// Makes room for a group of `count`, all places empty.
    func reset(_ count: Int) {
        precondition(count <= capacity, "a group is larger than its table")
        for place in 0..<self.count { unsafe places[place] = nil }
        self.count = count
    }

    subscript(place: Int) -> Judgement? {
        get {
            precondition(place >= 0 && place < count, "no such place")
            return unsafe places[place]
        }
        set {
            precondition(place >= 0 && place < count, "no such place")
            unsafe places[place] = newValue
        }
    }
}
