/// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
package typealias UnixTime = Int64
