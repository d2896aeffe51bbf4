/// Why an answer is no HTTP/1.1 answer that can be trusted. Never carries a byte of it.
///
/// Source: RFC 9112, sections 2 to 7, read strictly: what a lenient reader would repair, and two
/// readers might repair in two ways, is refused.
public enum HTTPFault: String, Error, Equatable, Hashable, Sendable, CaseIterable {
    /// It does not begin with `HTTP/`.
    case notHTTP
    /// A version other than 1.0 and 1.1.
    case versionUnsupported
    /// The status is not three digits after one space.
    case statusMalformed
    /// The status is not 100 to 599.
    case statusOutOfRange
    /// A control character, NUL among them, outside a body.
    case controlCharacter
    /// LF without CR.
    case bareLineFeed
    /// CR without LF.
    case bareCarriageReturn
    /// Head or trailers over ``Limits/answerHeadBytesMaximum``.
    case headTooLarge
    /// More fields than ``Limits/answerFieldsMaximum``.
    case tooManyFields
    /// A line that goes on from the one before (obs-fold).
    case foldedField
    /// No name, no colon, or something in the name that no name has (a space before the colon).
    case fieldNameMalformed
    /// `Location` or `Content-Type` twice.
    case fieldRepeated
    /// `Content-Length` is not 1 to 18 digits.
    case lengthMalformed
    /// Two different `Content-Length`.
    case lengthsDiffer
    /// `Content-Length` and `Transfer-Encoding` together.
    case lengthAndEncoding
    /// `Transfer-Encoding` is not `chunked` alone and once.
    case encodingUnsupported
    /// `Transfer-Encoding` in an answer of HTTP/1.0.
    case encodingTooOld
    /// A chunk's size is not 1 to 8 hexadecimal digits before `;` or the line's end.
    case chunkSizeMalformed
    /// A chunk's size line is over 256 bytes.
    case chunkLineTooLong
    /// A chunk does not end where its size says.
    case chunkEndMissing
    /// Neither length nor encoding, and the connection stays open: nobody knows where it ends.
    case lengthMissing
    /// More than ``Limits/interimAnswersMaximum`` answers 1xx.
    case tooManyInterimAnswers
    /// An answer 1xx that announces a body.
    case interimBody
    /// Status 101, which nobody asked for.
    case upgradeUnasked
    /// More than fits the buffer for the answer.
    case tooLarge
}
