internal import CHygiene

/// A gateway of our own that answers as it is told.
@safe final class Gateway {
    /// How it answers.
    enum Manner: CaseIterable, Sendable {
        case approve
        case decline
        case reject
        case badJSON
        case silent
        case breakOff
        case resourceGone
    }

    private let gateway: OpaquePointer

    init(_ workshop: Workshop) throws {
        let made = unsafe swl_gateway_new(
            workshop.path("gateway.pem"), workshop.path("gateway.key"))
        guard let made = unsafe made else {
            throw HygieneError.unexpected("the gateway of the runs cannot listen")
        }
        unsafe gateway = made
    }

    deinit { unsafe swl_gateway_free(gateway) }

    var port: Int { Int(unsafe swl_gateway_port(gateway)) }

    /// How many POSTs it has read.
    var posts: Int { Int(unsafe swl_gateway_posts(gateway)) }

    /// Answers so from now on, after `good` payments more that are approved.
    func answer(_ manner: Manner, afterGood good: Int = 0) {
        let code =
            switch manner {
            case .approve: SWL_APPROVE
            case .decline: SWL_DECLINE
            case .reject: SWL_REJECT
            case .badJSON: SWL_BAD_JSON
            case .silent: SWL_SILENT
            case .breakOff: SWL_BREAK_OFF
            case .resourceGone: SWL_RESOURCE_GONE
            }
        unsafe swl_gateway_set(gateway, code, Int32(good))
    }

    /// Waits until it has read so many POSTs.
    func wait(forPosts posts: Int) throws {
        guard unsafe swl_gateway_wait(gateway, Int32(posts)) == 0 else {
            throw HygieneError.unexpected("a request that was to come did not come")
        }
    }
}
