/// How much of a request may have left this machine.
public enum SentExtent: String, Equatable, Sendable {
    /// No byte of the request was given to the kernel.
    case nothing
    /// Some, but never the whole TLS record; a part of a record cannot be decrypted.
    case part
    /// All of it is in the kernel's hands, and may arrive.
    case all
}

/// Why an exchange or the opening of a link failed, and how much of the request was sent.
public struct LinkFailure: Error, Equatable, Sendable {
    /// What failed. Payloads are codes only, never a word of the peer.
    public enum Cause: Error, Equatable, Sendable {
        /// The host's name has no address, or the resolver does not answer.
        case unknownHost
        case connectionRefused
        /// No route, or the network is down.
        case unreachable
        /// TCP and TLS were not ready within ``LinkDeadlines/connectMilliseconds``.
        case connectTimedOut
        /// TLS failed with this reason code of OpenSSL (`openssl errstr`), 0 when it gave none.
        case tlsFailed(reason: Int)
        /// The gateway's certificate was refused with this code of X509_verify_cert.
        case certificateRefused(code: Int)
        /// The gateway closed the connection while TLS was being made.
        case closedInHandshake
        /// The gateway asks for a certificate of ours; there is none.
        case certificateDemanded
        /// The file of the certificate authority cannot be read or holds no certificate.
        case trustFileUnreadable
        /// The connection broke.
        case connectionLost
        /// The request was not taken within ``LinkDeadlines/sendMilliseconds``.
        case sendTimedOut
        /// The answer was not whole within ``LinkDeadlines/answerMilliseconds``, or
        /// ``LinkDeadlines/readMilliseconds``.
        case answerTimedOut
        /// The gateway closed the connection before a byte of the answer.
        case closedBeforeAnswer
        /// The gateway closed the connection, or it was cut, within the answer.
        case closedInAnswer
        /// The answer breaks HTTP/1.1.
        case badAnswer(HTTPFault)
        /// The answer does not fit the buffer that was given for it.
        case answerTooLarge
        /// The request is empty or over ``Limits/requestBytesMaximum``.
        case requestTooLarge
        /// The link was never opened, or was closed.
        case notOpen
        /// The link has carried a request that moves money; each such request gets its own link.
        case alreadyUsed
        /// The system or OpenSSL refused memory or a socket.
        case outOfResources
    }

    /// What failed.
    public let cause: Cause
    /// How much of the request was sent; ``SentExtent/nothing`` whenever none was given.
    public let sent: SentExtent

    /// A failure.
    public init(_ cause: Cause, sent: SentExtent) {
        self.cause = cause
        self.sent = sent
    }
}
