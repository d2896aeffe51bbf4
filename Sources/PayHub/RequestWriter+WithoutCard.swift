public import Secrets
internal import Values

extension RequestWriter {
    /// Writes a capture, void or refund: `transaction_id` goes out as text, as in every sample.
    /// - Throws: ``RequestFault``
    public static func post(
        _ followUp: FollowUp, of merchant: Merchant, to endpoint: GatewayEndpoint,
        token: borrowing SecretBytes, into buffer: inout SecretBytes
    ) throws(RequestFault) {
        do { try followUp.bill?.check() } catch { throw .breach(error) }
        let path =
            followUp.kind == .void
            ? endpoint.voidPath : endpoint.path + "/" + followUp.kind.rawValue
        try send((.post, path, nil), endpoint, token, into: &buffer) {
            output throws(RequestFault) in
            try JSONWriter.followUp(followUp, of: merchant, into: &output)
        }
    }

    /// Writes the request for a report.
    ///
    /// Source: PayHub API, "Transaction report".
    /// - Throws: ``RequestFault``
    public static func report(
        _ filter: ReportFilter, from endpoint: GatewayEndpoint, token: borrowing SecretBytes,
        into buffer: inout SecretBytes
    ) throws(RequestFault) {
        let members = try filter.members()
        let path = endpoint.path + "/report/transactionReport"
        try send((.post, path, nil), endpoint, token, into: &buffer) {
            output throws(RequestFault) in
            try EncodedNode(.object(members)).write(into: &output)
        }
    }

    /// Writes a GET of a page of a list, with the slash that the document prints.
    ///
    /// Source: PayHub API, 4.5.
    /// - Throws: ``RequestFault``
    public static func list(
        _ kind: ResourceKind, _ page: ListPage, from endpoint: GatewayEndpoint,
        token: borrowing SecretBytes, into buffer: inout SecretBytes
    ) throws(RequestFault) {
        try page.check()
        buffer.wipe()
        let path = "\(endpoint.path)/\(kind.rawValue)/?\(page.query)"
        try head("GET", path, endpoint, token, &buffer)
        try put("\r\n", into: &buffer)
    }
}

extension JSONWriter {
    /// The body of a capture, void or refund.
    internal static func followUp(
        _ followUp: FollowUp, of merchant: Merchant, into output: inout OutputSpan<UInt8>
    ) throws(RequestFault) {
        try raw("{", &output)
        try self.merchant(merchant, &output)
        if case .refund(_, _, let format) = followUp { try recordFormat(format, &output) }
        try member("transaction_id", followUp.transactionID.text, &output)
        if let bill = followUp.bill { try billMember(bill, &output) }
        try raw("}", &output)
    }
}
