internal import Foundation
internal import Readers

/// `docs/readers.md`, written from the catalogue.
internal enum ReaderPage {
    /// The whole page.
    static var text: String {
        [introduction, supported, setup, unsupported, addition].joined(separator: "\n\n") + "\n"
    }

    /// Writes a page, or another text that the catalogue gives.
    static func write(_ text: String, to path: String) throws {
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        } catch {
            throw ComposeFault.notWritten(path)
        }
    }

    private static let introduction = """
        # Readers

        `compose-fixtures readers docs/readers.md` writes this page from the catalogue of module
        Readers; a test fails when it is stale. No reader was at hand when it was made: what a
        row knows comes from its source, and how sure it is stands beside it.
        """

    private static var supported: String {
        let head = [
            "## Supported", "",
            "| reader | USB ids | mode | report | to the gateway | sure by | source |",
            "| --- | --- | --- | --- | --- | --- | --- |",
        ]
        let rows = (ReaderCatalogue.rows + [ReaderCatalogue.genericKeyboard]).map { row in
            let bytes = row.reportBytes.map(String.init).joined(separator: " or ")
            return "| \(row.name) | \(ids(row.vendorID, row.productID)) | \(row.identity.mode) "
                + "| \(bytes) bytes | \(row.identity.brand) \(row.identity.model) "
                + "| \(row.grade.words) | \(row.source) |"
        }
        return (head + rows).joined(separator: "\n")
    }

    private static var setup: String {
        let names = { (setup: ReaderSetup) in
            ReaderCatalogue.rows.filter { $0.setup == setup }.map(\.name)
                .joined(separator: "; ")
        }
        let steps = ReaderSetup.allCases.map { "- \(names($0)): \($0.hint)" }
        return "## Set up\n\n" + steps.joined(separator: "\n")
    }

    private static var unsupported: String {
        let head = [
            "## Known and not supported", "",
            "In keyboard mode each of them is read as any keyboard.", "",
            "| reader | USB ids | why, and what to do | source |", "| --- | --- | --- | --- |",
        ]
        let rows = ReaderCatalogue.unsupportedReaders.map { row in
            "| \(row.name) | \(ids(row.vendorID, row.productID)) | \(row.reason) "
                + "| \(row.source) |"
        }
        return (head + rows).joined(separator: "\n")
    }

    private static let addition = """
        ## Another reader

        A reader of a known family is one row in `ReaderCatalogue.rows` and no code. A keyboard
        that no row names is tried as a keyboard reader.
        """

    private static func ids(_ vendor: UInt16, _ product: UInt16) -> String {
        vendor == 0 ? "any" : String(format: "%04X:%04X", Int(vendor), Int(product))
    }
}

extension EvidenceGrade {
    fileprivate var words: String {
        switch self {
        case .sample: "public samples, computed"
        case .manual: "the maker's manual"
        case .thirdParty: "third parties"
        case .inference: "inference, to be tried on a device"
        }
    }
}
