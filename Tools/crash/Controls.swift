import Foundation

/// Wrongs that are done on purpose: a judge that passes them judges nothing.
enum Control: String, CaseIterable {
    case doubleCharge = "a request doubled by the network, not swept"
    case lostJournal = "the journal's folder deleted after a sale"
    case olderJournal = "an older copy of the journal put back after a sale"
    case wrongVerdict = "an operator's \"not charged\" of what is charged"
    case wrongCharge = "an operator's \"charged\" of what never arrived"
    case wrongWord = "a decline that is told as an approval"

    /// What the judge must say, at least.
    private var finding: String {
        switch self {
        case .doubleCharge: "DOUBLE"
        case .lostJournal, .olderJournal: "LOST"
        case .wrongVerdict: "UNDETECTED"
        case .wrongCharge: "WRONG"
        case .wrongWord: "WORDS"
        }
    }

    /// True when the judge sees it.
    func isFound(in shop: Shop) throws -> Bool {
        try shop.warm()
        var printed: [[String: Any]] = []
        switch self {
        case .doubleCharge:
            _ = try sale(shop, "duplicateDelivery")
        case .lostJournal:
            _ = try sale(shop, nil)
            try FileManager.default.removeItem(atPath: shop.journal)
            try shop.reconcile()
        case .olderJournal:
            let copy = "\(shop.journal)-copy"
            try FileManager.default.copyItem(atPath: shop.journal, toPath: copy)
            _ = try sale(shop, nil)
            try FileManager.default.removeItem(atPath: shop.journal)
            try FileManager.default.moveItem(atPath: copy, toPath: shop.journal)
        case .wrongVerdict:
            try settle(shop, "dropAfterCommit", ["--not-charged", "--reason", "a guess"])
        case .wrongCharge: try settle(shop, "dropBeforeCommit", ["--charged", "999999"])
        case .wrongWord:
            printed = try shop.till(Scenario.sale("clear-visa-decline", "0.01")).lines
            for index in printed.indices { printed[index]["outcome"] = "approved" }
        }
        let judge = Judge(try shop.look())
        let said =
            judge.verdict(copiesByNetwork: true) + judge.undetected()
            + judge.wrongWords(printed)
        return said.contains { $0.hasPrefix(finding) }
    }

    private func sale(_ shop: Shop, _ fault: String?) throws -> String {
        if let fault {
            try shop.plant(#"{"name": "\#(fault)", "operation": "sale", "times": 1}"#)
        }
        guard let reference = try shop.till(Scenario.sale()).lines.first?["reference"] as? String
        else { throw Mishap("the control's sale told nothing") }
        return reference
    }

    /// The operator's word comes before the lane has asked: its own restart would find the truth.
    private func settle(_ shop: Shop, _ fault: String, _ verdict: [String]) throws {
        let reference = try sale(shop, fault)
        try shop.plant(#"{"name": "reportError"}"#)
        let result = try shop.till(["journal", "settle", reference, "--yes"] + verdict)
        try shop.endFaults()
        if result.status != 0 { throw Mishap("the operator was refused: \(result.complaint)") }
    }
}
