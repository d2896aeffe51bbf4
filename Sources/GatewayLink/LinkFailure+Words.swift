extension LinkFailure: CustomStringConvertible {
    /// The fault, the remedy, and how much was sent.
    public var description: String {
        switch sent {
        case .nothing: "\(cause.description); nothing was sent"
        case .part: "\(cause.description); only a part of the request was sent"
        case .all: "\(cause.description); the request was sent"
        }
    }
}

extension LinkFailure.Cause: CustomStringConvertible {
    /// The fault and the remedy.
    public var description: String {
        switch self {
        case .unknownHost: "the gateway's host name has no address: check the name and the DNS"
        case .connectionRefused:
            "the gateway refused the connection: check its port, and whether it runs"
        case .unreachable: "the gateway cannot be reached: check the network"
        case .connectTimedOut: "the gateway did not answer in time: check network and firewall"
        case .tlsFailed(let reason):
            "TLS with the gateway failed (OpenSSL reason \(reason)): \(Self.tlsRemedy(reason))"
        case .certificateRefused(let code):
            "the gateway's certificate was refused (verification code \(code)): "
                + Self.certificateRemedy(code)
        case .closedInHandshake:
            "the gateway closed the connection before TLS was made: check that this port is its"
        case .certificateDemanded:
            "the gateway asks for a certificate of the till, and there is none: check the URL"
        case .trustFileUnreadable:
            "the certificate authority's file cannot be read: give a PEM file of certificates"
        case .connectionLost: "the connection to the gateway broke: check the network"
        case .sendTimedOut: "the gateway did not take the request in time"
        case .answerTimedOut: "the gateway's answer did not come in time"
        case .closedBeforeAnswer: "the gateway closed the connection without an answer"
        case .closedInAnswer: "the gateway's answer broke off"
        case .badAnswer(let fault):
            "the gateway's answer is not sound HTTP/1.1 (\(fault.rawValue)): check for a proxy"
        case .answerTooLarge: "the gateway's answer is larger than the room for it"
        case .requestTooLarge: "the request is empty or larger than the gateway link takes"
        case .notOpen: "the link to the gateway is not open: open it first"
        case .alreadyUsed: "the link has carried a payment: open a new one for the next"
        case .outOfResources: "no memory or socket could be had: check the process's limits"
        }
    }
}

extension LinkFailure.Cause {
    /// By OpenSSL's reason codes (sslerr.h); those from 1000 on are alerts of the peer (RFC 8446,
    /// section 6).
    private static func tlsRemedy(_ reason: Int) -> String {
        switch reason {
        case 258, 1_070: "it speaks no TLS that is allowed, 1.2 or 1.3"
        case 267, 198: "this port does not speak TLS; check host and port"
        case 193, 1_040, 1_071: "it has no strong cipher in common with us"
        case 394: "its Diffie-Hellman key is too weak"
        case 1_112: "it does not serve this host name; check the URL"
        default: "check host and port, and whether a proxy is in between"
        }
    }

    /// By the codes of X509_verify_cert (x509_vfy.h).
    private static func certificateRemedy(_ code: Int) -> String {
        switch code {
        case 7: "its signature is not its issuer's; check --ca"
        case 9: "it is not valid yet; check this machine's clock"
        case 10: "it has expired; check this machine's clock, and tell the gateway's operator"
        case 18, 19: "it is signed by nobody who is trusted; give the authority with --ca"
        case 2, 20, 21:
            "its issuer is not known, or an intermediate certificate is missing; check --ca"
        case 24, 79: "its issuer is no certificate authority"
        case 26: "it is not made for servers"
        case 62, 64: "it is for another host; check the URL"
        case 66, 67: "its key, or its issuer's, is too weak"
        case 68: "it is signed with a digest that is too weak"
        default: "check the host name, the clock and the certificate authority"
        }
    }
}
