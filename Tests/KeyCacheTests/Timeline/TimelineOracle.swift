import Encoding
import PKIX

@testable import KeyCache

/// What ought to be known of a participant's set, worked out anew from the raw log of what happened.
///
/// It knows the rules of `cache.md` as sentences, and shares no code with the store.
struct TimelineOracle {
    enum State: Equatable { case absent, active, retired, archived, revoked, quarantined }

    /// A stay; `first` is nil while the beginning is not known.
    struct Stay: Equatable {
        var first: Int64?
        var seen: Int64
        var last: Int64?
        var gone: Int64?
    }

    struct Key {
        var state = State.absent
        var stays: [Stay] = []
        var graceUntil: Int64 = 0
        var revokedAt: Int64?
        var reason: RevocationReason?
        var isHarmed = false
        /// Whether it was in quarantine when it left last.
        var leftInQuarantine = false
    }

    struct Waiting {
        var letters: Set<Character>
        var isEmpty: Bool
        var count: Int
        var first: Int64
    }

    private var brought: Set<Character> = []
    private(set) var keys: [Character: Key] = [:]
    private(set) var now: Int64 = 0
    private(set) var inUse: Set<Character>?
    private(set) var lastSuccess: Int64?
    private(set) var waiting: Waiting?
    private var rejected: [Rejected] = []
    private var isWatched = false

    private struct Rejected: Equatable {
        let letters: Set<Character>
    }

    /// The letters that count as listed.
    private var standing: Set<Character> {
        Set(keys.filter { $0.value.state == .active || $0.value.state == .quarantined }.keys)
    }

    /// Recomputes everything from a log of times and steps.
    init(_ log: ArraySlice<(time: Int64, step: TimelineStep)>) {
        for entry in log { happen(entry.step, at: entry.time) }
    }

    private mutating func happen(_ step: TimelineStep, at time: Int64) {
        // An operator's word where nothing waits is refused before anything is written: the store learns no time by it.
        if step.needsHold, waiting == nil { return }
        now = max(now, time)
        switch step {
        case .set(let letters): take(Set(letters))
        case .empty: take([])
        case .notModified: if inUse != nil { confirm() }
        case .failure: break
        case .revokedSet(let letter):
            isWatched = true
            revoke(letter, nil)
        case .revoke(let letter, let reason): revoke(letter, reason)
        case .accept:
            guard let held = waiting else { return }
            waiting = nil
            apply(held.letters)
        case .reject: reject()
        case .sweep: break
        }
    }

    private mutating func take(_ letters: Set<Character>) {
        if inUse == letters { return confirm() }
        if rejected.contains(Rejected(letters: letters)) { return }
        guard !standing.isEmpty else { return settle(letters) }
        if letters.isEmpty { return wait(letters, isEmpty: true) }
        let old = standing.subtracting(brought)
        let goes = !old.subtracting(letters).isEmpty
        if goes && old.isDisjoint(with: letters) { return wait(letters, isEmpty: false) }
        settle(letters)
    }

    private mutating func settle(_ letters: Set<Character>) {
        waiting = nil
        apply(letters)
    }

    private mutating func wait(_ letters: Set<Character>, isEmpty: Bool) {
        if var same = waiting, same.letters == letters, same.isEmpty == isEmpty {
            same.count += 1
            let age = now - same.first
            let isMeant = isEmpty ? same.count >= 3 && age >= 86400 : age >= 900
            if isMeant { return settle(letters) }
            waiting = same
        } else {
            waiting = Waiting(letters: letters, isEmpty: isEmpty, count: 1, first: now)
        }
        guard !isEmpty else { return }
        let before = standing
        add(letters)
        brought.formUnion(standing.subtracting(before))
    }

    private mutating func confirm() {
        if waiting != nil {
            waiting = nil
            for letter in brought.intersection(standing) { leave(letter) }
            brought = []
        }
        lastSuccess = now
    }

    private mutating func reject() {
        guard let held = waiting else { return }
        waiting = nil
        rejected.append(Rejected(letters: held.letters))
        for letter in brought.intersection(standing) { keys[letter]?.state = .quarantined }
        brought = []
    }

    private mutating func apply(_ letters: Set<Character>) {
        add(letters)
        for letter in standing.subtracting(letters) { leave(letter) }
        brought = []
        inUse = letters
        lastSuccess = now
    }

    private mutating func add(_ letters: Set<Character>) {
        for letter in letters {
            var key = keys[letter] ?? Key()
            defer { keys[letter] = key }
            if key.state == .revoked { continue }
            if key.revokedAt != nil {
                if key.state == .absent || key.stays.isEmpty { key.stays.append(Stay(first: lastSuccess, seen: now)) }
                key.state = .revoked
                continue
            }
            if key.state != .active && key.state != .quarantined {
                key.stays.append(Stay(first: lastSuccess, seen: now))
            }
            key.state = .active
        }
    }

    private mutating func leave(_ letter: Character) {
        guard var key = keys[letter], var stay = key.stays.popLast() else { return }
        stay.last = max(lastSuccess ?? stay.seen, stay.seen)
        stay.gone = now
        key.stays.append(stay)
        key.graceUntil = now + (isWatched ? 86400 : 900)
        key.leftInQuarantine = key.state == .quarantined
        key.state = key.state == .active ? .retired : .archived
        keys[letter] = key
    }

    private mutating func revoke(_ letter: Character, _ reason: RevocationReason?) {
        var key = keys[letter] ?? Key()
        let isHarmless = reason == .superseded || reason == .cessationOfOperation
        key.isHarmed = key.isHarmed || !isHarmless
        if !isHarmless || key.reason == nil { key.reason = reason }
        key.revokedAt = min(key.revokedAt ?? now, now)
        if key.state != .absent { key.state = .revoked }
        keys[letter] = key
    }

    // MARK: Questions

    /// Whether an ordinary request is judged good by a key, nil where the kid is not known.
    func ordinary(_ letter: Character, signedAt: Int64, now asked: Int64) -> Bool? {
        guard let key = keys[letter], key.state != .absent else { return nil }
        switch key.state {
        case .active: return true
        case .retired: return signedAt <= (key.stays.last?.last ?? 0) + 60 && max(asked, now) <= key.graceUntil
        case .absent, .archived, .revoked, .quarantined: return false
        }
    }

    /// Whether a migration batch accepts what a key signed: yes, no, or not to be said.
    func migration(_ letter: Character, signedAt: Int64, evidence: Int64?, now asked: Int64) -> Bool? {
        guard let key = keys[letter], key.state != .absent else { return nil }
        if signedAt > asked + 60 { return false }
        if let evidence, evidence > asked + 60 { return false }
        let isUsable = lastSuccess.map { asked < $0 + 86400 } ?? false
        func lived() -> Bool? {
            for stay in key.stays where stay.first.map({ signedAt >= $0 - 60 }) == true {
                if signedAt <= (stay.gone ?? .max - 60) + 60 { return true }
            }
            // The first stay may have begun any time before it was seen.
            guard let first = key.stays.first, first.first == nil else { return false }
            return signedAt <= (first.gone ?? .max - 60) + 60 ? nil : false
        }
        var state = key.state
        if state == .retired, asked > key.graceUntil { state = .archived }
        switch state {
        case .quarantined: return nil
        case .absent: return nil
        case .active: return isUsable ? true : nil
        case .retired:
            guard signedAt <= (key.stays.last?.last ?? 0) + 60 else { return false }
            return isUsable ? true : nil
        case .archived:
            if key.leftInQuarantine { return nil }
            guard let life = lived() else { return nil }
            guard life, let evidence, asked - evidence <= 7 * 366 * 86400 else { return false }
            return isUsable ? true : nil
        case .revoked:
            guard !key.isHarmed, let evidence, let revokedAt = key.revokedAt, evidence < revokedAt, signedAt < revokedAt
            else { return false }
            guard let life = lived() else { return nil }
            guard life else { return false }
            return isUsable ? true : nil
        }
    }

    /// Whether a key was surely listed at a time.
    func isListed(_ letter: Character, at time: Int64) -> Bool {
        guard let key = keys[letter] else { return false }
        if let revokedAt = key.revokedAt, time >= revokedAt { return false }
        return key.stays.contains { time >= $0.seen && time <= ($0.gone == nil ? .max : $0.last ?? .min) }
    }
}
