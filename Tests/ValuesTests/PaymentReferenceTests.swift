import Testing
import Values

/// The name of an attempt: unique, safe in the gateway's filters, proof against typing faults.
@Suite struct PaymentReferenceTests {
    static let samples = [
        PaymentReference(lane: 0, journal: 0, sequence: 0),
        PaymentReference(lane: 1, journal: 123_456, sequence: 42),
        PaymentReference(
            lane: 46_655, journal: PaymentReference.journalCount - 1, sequence: 78_364_164_095),
    ]

    @Test(arguments: samples)
    func `has twenty characters of digits and capitals`(reference: PaymentReference) {
        let bytes = Array(reference.text.utf8)
        #expect(bytes.count == 20)
        #expect(bytes.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) })
        #expect(reference.text.hasPrefix("SW"))
        #expect(reference.description == reference.text)
    }

    @Test func `is built of lane, journal and sequence in base 36`() {
        let reference = PaymentReference(lane: 35, journal: 36, sequence: 37)
        #expect(reference.text.dropLast(2) == "SW00Z0000100000011")
    }

    @Test(arguments: samples) func `is read back as written`(reference: PaymentReference) {
        #expect(PaymentReference(reference.text) == reference)
    }

    @Test(arguments: samples)
    func `every character mistaken for another is seen`(reference: PaymentReference) {
        let right = Array(reference.text.utf8)
        let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
        for index in right.indices {
            for byte in alphabet where byte != right[index] {
                var wrong = right
                wrong[index] = byte
                let text = String(decoding: wrong, as: UTF8.self)
                #expect(PaymentReference(text) == nil, "\(text)")
            }
        }
    }

    @Test(arguments: samples)
    func `every swap of neighbours is seen`(reference: PaymentReference) {
        let right = Array(reference.text.utf8)
        for index in right.indices.dropLast() where right[index] != right[index + 1] {
            var wrong = right
            wrong.swapAt(index, index + 1)
            let text = String(decoding: wrong, as: UTF8.self)
            #expect(PaymentReference(text) == nil, "\(text)")
        }
    }

    @Test(arguments: [
        "", "SW", "sw0010000000000000000", "SW00100000000000000;", "SW001000000000000000!",
        "XX001000000000000097", "SW00100000000000000É",
    ])
    func `refuses another form`(text: String) {
        #expect(PaymentReference(text) == nil)
    }

    @Test func `differs with the lane, the journal and the sequence`() {
        var texts = Set<String>()
        for lane in 0..<12 {
            for journal in UInt32(0)..<12 {
                for sequence in UInt64(0)..<40 {
                    texts.insert(
                        PaymentReference(lane: lane, journal: journal, sequence: sequence).text)
                }
            }
        }
        #expect(texts.count == 12 * 12 * 40)
    }

    @Test func `a lane over its width stops the program instead of cutting it short`() async {
        await #expect(processExitsWith: .failure) {
            _ = PaymentReference(lane: 46_656, journal: 0, sequence: 0)
        }
    }
}
