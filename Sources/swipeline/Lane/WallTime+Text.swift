internal import Foundation
internal import Journal

extension WallTime {
    /// ISO 8601 in UTC, with milliseconds.
    var text: String {
        let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
        return date.formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true))
            + "Z"
    }
}
