/// Every limit of the product in one place. Units stand in the names.
public enum Limits {
    /// The largest amount of one payment, $9,999,999.99.
    public static let amountCentsMaximum = 999_999_999
    /// The longest HID report that is read, in bytes (MagneSafe V5 is 887, ID TECH at most 512).
    public static let reportBytesMaximum = 1024
    /// The longest HID report descriptor that is read, in bytes.
    public static let reportDescriptorBytesMaximum = 4096
    /// The longest swipe as gathered from a reader, in bytes.
    public static let swipeBytesMaximum = 4096
    /// How long the packets of one report may take, from the first on, in milliseconds.
    public static let reportMilliseconds = 2000
    /// How long a report waits for somebody to read it, in milliseconds.
    public static let unreadReportMilliseconds = 1000
    /// Reports of a reader that wait to be read.
    public static let unreadReportsMaximum = 256
    /// A text that a device gives of itself, in bytes.
    public static let deviceTextBytesMaximum = 64
    /// The longest pause between two tries to bring a reader back, in milliseconds.
    public static let readerPauseMillisecondsMaximum = 5000
    /// A request to the gateway, head and body, in bytes.
    public static let requestBytesMaximum = 8192
    /// An answer on the money path, head and body, in bytes.
    public static let answerBytesMaximum = 16_384
    /// The answer to a report, head and body, in bytes.
    public static let reportAnswerBytesMaximum = 8_388_608
    /// Rows of one report that are kept.
    public static let reportRowsMaximum = 20_000
    /// The answer to a list, or to a read outside the money path, head and body, in bytes.
    public static let listAnswerBytesMaximum = 1_048_576
    /// Transactions of one page of a list.
    public static let listSizeMaximum = 100
    /// Pages of one list that are asked for.
    public static let listPagesMaximum = 10_000
    /// The head of an answer, in bytes.
    public static let answerHeadBytesMaximum = 8192
    /// Fields in the head of an answer.
    public static let answerFieldsMaximum = 64
    /// Interim (1xx) answers before the real one.
    public static let interimAnswersMaximum = 4
    /// Nesting of a JSON document from the gateway.
    public static let jsonDepthMaximum = 32
    /// Members of all objects of one JSON document from the gateway; in a list, of each object.
    public static let jsonMembersMaximum = 512
    /// Members of all objects of a list from the gateway.
    public static let jsonListMembersMaximum = 32_768
    /// How long a link is idle before the kernel looks whether the gateway is there, in seconds.
    public static let linkIdleSeconds = 15
    /// How long between two such looks, in seconds.
    public static let linkProbeSeconds = 5
    /// How long the gateway's kernel may leave data or looks unacknowledged, in milliseconds.
    public static let linkUnacknowledgedMilliseconds = 45_000
    /// The bearer token, in bytes.
    public static let tokenBytesMaximum = 512
    /// A note, invoice or purchase order number that the till gives, in UTF-8 bytes.
    public static let billTextBytesMaximum = 255
    /// Days, weeks, months or years between two bills of a schedule.
    public static let scheduleIntervalMaximum = 9999
    /// A text in the settings of an account, in UTF-8 bytes.
    public static let settingTextBytesMaximum = 255
    /// Error codes that are kept of one refusal.
    public static let errorCodesMaximum = 16
    /// Devices of one recording.
    public static let recordedDevicesMaximum = 64
    /// A recording, in bytes.
    public static let recordingBytesMaximum = 16_777_216
}
