/// That it may be worth looking into a folder; the folder itself is the truth.
package enum SpoolHint: Hashable, Sendable {
    /// A complete name may have appeared there.
    case arrived(SpoolFolder)
    /// Hints were lost; look everywhere.
    case lookEverywhere
    /// No more hints come from there, because the folder was removed or its disk unmounted.
    case ended(SpoolFolder)
}
