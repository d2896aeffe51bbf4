/// Why a browser did not do what a test asked of it.
public enum BrowserFault: Error, Equatable, CustomStringConvertible {
    /// The driver does not run; install it with `Tools/install-packages page`.
    case noDriver(String)
    /// The driver refused a command: its error and message.
    case refused(String, String)
    /// The driver said something that is not known here.
    case strangeAnswer(String)
    /// What was waited for did not come; what the page said of itself instead.
    case missing(String, instead: String)
    /// axe-core is not there; install it with `Tools/install-packages page`.
    case noAxe(String)

    /// The fault and the remedy.
    public var description: String {
        switch self {
        case .noDriver(let why):
            "chromedriver does not run (\(why)); install it with Tools/install-packages page"
        case .refused(let error, let message): "the browser refused: \(error): \(message)"
        case .strangeAnswer(let answer): "the driver's answer is not known here: \(answer)"
        case .missing(let what, let instead):
            "\(what) did not come; the page says \(instead)"
        case .noAxe(let path):
            "axe-core is not at \(path); install it with Tools/install-packages page"
        }
    }
}
