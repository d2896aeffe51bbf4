public import PayHub
public import Values

/// A list of the gateway, page by page as it is gone through.
///
/// The oldest come first unless told otherwise: what is added meanwhile then comes at the end, and
/// nothing is told twice or passed over. A gateway that always claims another page is left after
/// the same page came twice in a row, or after ``Limits/listPagesMaximum`` pages, with
/// ``TransportFault/endlessList(pages:)``.
public struct GatewayList<Resource: Decodable & Sendable>: AsyncSequence, Sendable {
    /// A resource of the list.
    public typealias Element = Resource
    /// Why it cannot be gone on with.
    public typealias Failure = BackOfficeFault

    private let office: BackOffice
    private let path: GatewayPath
    private let first: ListPage

    internal init(_ office: BackOffice, _ path: GatewayPath, from first: ListPage) {
        self.office = office
        self.path = path
        self.first = first
    }

    /// Goes through the list from its first page.
    public func makeAsyncIterator() -> Iterator {
        Iterator(office: office, path: path, page: first)
    }

    /// Where one has come to in a list.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let office: BackOffice
        fileprivate let path: GatewayPath
        /// The page that is asked for next; `nil` behind the last.
        fileprivate var page: ListPage?
        /// What is left of the page before it, the next one last.
        private var waiting: [Resource] = []
        /// What the last page was.
        private var fingerprint: Int?
        private var pages = 0

        fileprivate init(office: BackOffice, path: GatewayPath, page: ListPage) {
            self.office = office
            self.path = path
            self.page = page
        }

        /// The next resource; `nil` at the end, and when the task is cancelled.
        /// - Throws: ``BackOfficeFault``
        public mutating func next() async throws(BackOfficeFault) -> Resource? {
            try await next(isolation: nil)
        }

        /// The next resource; `nil` at the end, and when the task is cancelled.
        /// - Throws: ``BackOfficeFault``
        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(BackOfficeFault) -> Resource? {
            while waiting.isEmpty {
                guard var asked = page, !Task.isCancelled else { return nil }
                page = nil
                let got = try await office.page(asked, of: path, as: Resource.self)
                pages += 1
                let isNew = got.fingerprint != fingerprint || got.records.isEmpty
                guard isNew, pages <= Limits.listPagesMaximum else {
                    throw .transport(.endlessList(pages: pages))
                }
                fingerprint = got.fingerprint
                waiting = got.records.reversed()
                guard got.hasNext ?? (got.records.count >= asked.size), !waiting.isEmpty else {
                    continue
                }
                asked.number += 1
                page = asked
            }
            return waiting.popLast()
        }
    }
}

extension BackOffice {
    /// A list of the gateway.
    ///
    /// Source: PayHub API, "page={pageNo}&size={size}" and sorting by a property of the top level.
    /// - Parameters:
    ///   - path: the list's own.
    ///   - type: what it is a list of.
    ///   - sort: the order that is asked for.
    ///   - size: resources of a page, 1 to ``Limits/listSizeMaximum``.
    /// - Returns: the list; nothing is asked before it is gone through.
    public func list<Resource: Decodable & Sendable>(
        _ path: GatewayPath, of type: Resource.Type = Resource.self,
        sort: ListSort? = .oldestFirst, size: Int = Limits.listSizeMaximum
    ) -> GatewayList<Resource> {
        GatewayList(self, path, from: ListPage(size: size, sort: sort))
    }
}
