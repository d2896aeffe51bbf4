internal import Foundation

extension WallTime {
    /// RFC 3339 in UTC, with milliseconds.
    public var text: String {
        let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
        return date.formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true))
            + "Z"
    }
}
