internal import ReaderUSB
internal import Readers

/// A step in a reader's life in a sentence.
internal struct EventWords {
    let text: String

    init(_ event: ReaderEvent) {
        let name = "reader \(event.device)"
        text =
            switch event {
            case .arrived: "\(name): found"
            case .refused(_, let refusal): "\(name): not used, \(refusal)"
            case .waiting(_, let fault): "\(name): \(fault); trying again"
            case .kernelDriverDetached: "\(name): taken from the kernel's driver"
            case .ready(_, let identity):
                "\(name): ready (\(identity.brand) \(identity.model), \(identity.mode.rawValue))"
            case .faulted(_, let fault): "\(name): \(Self.words(fault)); bringing it back"
            case .halfReport(_, let bytes, let whole):
                "\(name): a swipe broke off after \(bytes) of \(whole) bytes; swipe again"
            case .reportsDropped(_, .nobodyListens):
                "\(name): a swipe that nobody waited for was dropped; swipe again"
            case .reportsDropped(_, .tooMany):
                "\(name): it sends more than a swipe can hold; that was dropped"
            case .released: "\(name): given back"
            case .removed: "\(name): unplugged; plug it in again to go on"
            }
    }

    private static func words(_ fault: TransferFault) -> String {
        switch fault {
        case .stall: "it halted"
        case .babble: "it sent more than a packet holds"
        case .failed: "a transfer failed"
        case .noDevice: "it does not answer any more"
        case .refused(let code): "a transfer was not taken (\(code))"
        }
    }
}
