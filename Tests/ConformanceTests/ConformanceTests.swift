import Foundation
import Quiet
import SealedFrames
import Testing

/// Rows from outside the repository, held against the product.
@Suite struct ConformanceTests {
    private static let vectors = ProcessInfo.processInfo.environment["SWIPELINE_VECTORS"]

    @Test(.enabled(if: vectors != nil, "SWIPELINE_VECTORS is not set"))
    func `every row of the named folder is run, pending or prose`() throws {
        let folder = try #require(Self.vectors)
        var conformance = Conformance()
        conformance.run(folder: URL(filePath: folder))
        for line in conformance.lines { print("conformance: \(line)") }
        print("conformance: \(conformance.rowsRun) external rows ran")
        #expect(conformance.rowsRun > 0)
        #expect(conformance.faults == [])
    }

    private static func run(_ json: String, named name: String) -> Conformance {
        var conformance = Conformance()
        conformance.run(Data(json.utf8), named: name)
        return conformance
    }

    private static func track2(_ expect: String, accept: Bool = true) -> Conformance {
        run(
            """
            {"cases": [{"id": "row", "source": {"test": "x"}, "track": 2, "accept": \(accept),
            "input": "4111111111111111D2912101", "expect": {\(expect)}}]}
            """, named: "track_parse.json")
    }

    @Test func `a row that holds is run`() {
        let conformance = Self.track2(
            """
            "pan": "4111111111111111", "exp_yymm": "2912", "service_code": "101", "brand": "visa",
            "luhn_ok": true, "chip_card": false, "track2_stripped": "4111111111111111=2912101",
            "after_service_code": "", "track1_readable": false, "note": "provenance"
            """)
        #expect(conformance.faults == [])
        #expect(conformance.rowsRun == 1)
    }

    @Test(arguments: [
        "\"pan\": \"4111111111111112\"", "\"exp_yymm\": null", "\"service_code\": \"102\"",
        "\"brand\": \"amex\"", "\"luhn_ok\": false", "\"chip_card\": true", "\"name\": \"X\"",
        "\"track1_readable\": true", "\"track3_stripped\": \"1\"", "\"display_name\": \"X\"",
    ])
    func `an expectation that does not hold is named`(expectation: CardText) {
        let path = expectation.clear.split(separator: "\"").first ?? ""
        #expect(Self.track2(expectation.clear).faults == ["track_parse.json, row: expect.\(path)"])
    }

    @Test func `a good card that a row refuses is named, and what else does not hold`() {
        #expect(Self.track2("", accept: false).faults == ["track_parse.json, row: accept"])
        #expect(Self.track2("\"pan\": \"1\"", accept: false).faults.count == 2)
    }

    @Test func `an expectation that the table does not name is a fault`() {
        #expect(
            Self.track2("\"colour\": \"red\"").faults
                == ["track_parse.json, row: the table does not name expect.colour"])
    }

    @Test(arguments: [
        ("unheard_of.json", "{\"cases\": [{\"id\": \"x\"}]}", "the table does not name this file"),
        ("bits.json", "{\"cases\": []}", "no rows"), ("bits.json", "{}", "no rows"),
        ("bits.json", "nothing", "no rows"),
    ])
    func `a file that cannot be placed is a fault`(name: String, json: String, fault: String) {
        #expect(Self.run(json, named: name).faults == ["\(name): \(fault)"])
    }

    @Test func `prose is counted and not run, and a row that no test covers is a fault`() {
        let prose = Self.run(
            "{\"cases\": [{\"id\": \"fsm-letter\"}]}", named: "reader_behaviour.json")
        #expect(prose.faults.isEmpty)
        #expect(prose.lines.first?.hasPrefix("reader_behaviour.json: 1 prose: ") == true)
        #expect(prose.rowsRun == 0 && prose.rowsSeen == 1)
        let other = Self.run("{\"cases\": [{\"id\": \"new\"}]}", named: "reader_behaviour.json")
        #expect(other.faults == ["reader_behaviour.json, new: the table names no test"])
    }

    @Test func `a folder that yields no row is a fault`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "conformance-\(UUID().uuidString)")
        var conformance = Conformance()
        conformance.run(folder: folder)
        #expect(conformance.faults == ["the folder holds no row"])
    }

    @Test(
        arguments: [
            ("\"error\": \"no\"", 1), ("\"track2\": {\"pan\": \"1\"}", 1),
            ("\"track2\": {\"pan\": \"4111111111111111\", \"service_code\": null}", 1),
            ("\"track2_data_no_sentinels\": \"4111111111111111=2912101\"", 0),
            ("\"track2_clear\": \";4111111111111111=2912101?\", \"note\": \"x\"", 0),
            ("\"track1_clear\": \"%B?\"", 1), ("\"track3_clear\": \"+1?\"", 1),
        ] as [(CardText, Int)])
    func `a vector's expectations are held too`(expected: CardText, faults: Int) {
        let conformance = Self.run(
            """
            {"vectors": [{"name": "row", "raw_text": ";4111111111111111=2912101?",
            "expected": {\(expected.clear)}}]}
            """, named: "tracks_text.json")
        #expect(conformance.faults.count == faults)
    }

    /// The first example of ANSI X9.24-1, annex A.
    @Test(arguments: [
        ("\"ipek\": \"6AC292FAA1315B4D858AB3A3D7D5933A\"", 0),
        ("\"ipek\": \"6AC292FAA1315B4D858AB3A3D7D5933B\"", 1),
        ("\"data_key\": \"042666B49184CFA368DE9628D0397BC9\"", 1),
        ("\"pin_block_clear\": \"041274EDCBA9876F\", \"pin_block_encrypted\": \"00\"", 1),
    ])
    func `a row of keys is held too`(expected: String, faults: Int) {
        let conformance = Self.run(
            """
            {"vectors": [{"name": "row", "key": "0123456789ABCDEFFEDCBA9876543210",
            "ksn": "FFFF9876543210E00001", "expected": {\(expected)}}]}
            """, named: "dukpt_tdes.json")
        #expect(conformance.faults.count == faults)
    }

    @Test(
        arguments: [
            ("\"track2_clear\": \";4111111111111111=2912101?\"", 0),
            ("\"track2_clear\": \";4111111111111111=2912102?\"", 1),
            ("\"track2_lrc_char\": \"1\"", 1), ("\"track2\": {\"pan\": \"4242424242424242\"}", 1),
            ("\"track1_clear\": \"%B\"", 1), ("\"unheard_of\": \"00\"", 2),
        ] as [(CardText, Int)])
    func `what is inside a frame is held too`(expected: CardText, faults: Int) throws {
        let frame = try SealedFrame(track1: nil, track2: "4111111111111111=2912101").text()
        let conformance = Self.run(
            """
            {"vectors": [{"name": "row", "key": "0123456789ABCDEFFEDCBA9876543210",
            "raw_hex": "\(frame)", "expected": {\(expected.clear)}}]}
            """, named: "idtech_synthetic.json")
        #expect(conformance.faults.count == faults)
    }

    @Test(
        arguments: [
            ("4111111111111111", "true", "visa", 0), ("4111111111111112", "true", "visa", 1),
            ("4111111111111111", "false", "amex", 2),
        ] as [(CardText, String, String, Int)])
    func `a number's row is held too`(input: CardText, luhn: String, brand: String, faults: Int) {
        let conformance = Self.run(
            """
            {"cases": [{"id": "row", "input": "\(input.clear)", "luhn": \(luhn),
            "brand": "\(brand)"}]}
            """, named: "luhn_brand.json")
        #expect(conformance.faults.count == faults)
    }

    @Test(arguments: [
        ("\"text\": \";0004048712?\", \"lrc_char\": \"8\", \"lrc_ok\": true", 0),
        ("\"inverted\": true, \"reversed\": false, \"bits_per_char\": 5", 0),
        ("\"leading_zero_bits\": 25, \"parity_ok\": true, \"parity_error_at_char\": null", 0),
        ("\"text\": \";0004048713?\"", 1), ("\"lrc_char\": \"9\", \"lrc_ok\": false", 2),
        ("\"inverted\": false, \"reversed\": true, \"bits_per_char\": 7", 3),
        ("\"leading_zero_bits\": 24, \"parity_ok\": false, \"parity_error_at_char\": 1", 3),
    ])
    func `a row of bits is held too`(expected: String, faults: Int) {
        let conformance = Self.run(
            """
            {"vectors": [{"name": "row", "raw_hex": "FFFFFF97DEF6FDBE8DF7077FFFFFFFFFC0",
            "bit_count": 130, "expected": {\(expected)}}]}
            """, named: "bits.json")
        #expect(conformance.faults.count == faults)
        #expect(conformance.rowsRun == 1)
    }

    @Test(arguments: [("\"0004048712\"", 0), ("\"0004048713\"", 1), ("null", 1)])
    func `a stream of bits is held too`(expect: String, faults: Int) {
        let conformance = Self.run(
            """
            {"cases": [{"id": "row", "bits": 130, "kind": "inverted", "expect": \(expect),
            "bytes": [255, 255, 255, 151, 222, 246, 253, 190, 141, 247, 7, 127, 255, 255, 255,
            255, 192]}]}
            """, named: "bitstreams.json")
        #expect(conformance.faults.count == faults)
    }

    @Test(arguments: [
        ("\"report_len\": 337, \"decode_status\": [1, 1, 0], \"error\": \"no track\"", 0),
        ("\"decode_status\": [0, 1, 0], \"error\": \"no track\"", 1),
        ("\"card_encode_type\": 0, \"error\": \"no track\"", 1), ("\"report_len\": 337", 1),
    ])
    func `a MagTek report's row is held too`(expected: String, faults: Int) {
        let report = "01010000000005" + String(repeating: "00", count: 330)
        let conformance = Self.run(
            """
            {"vectors": [{"name": "row", "raw_hex": "\(report)", "expected": {\(expected)}}]}
            """, named: "magtek_public.json")
        #expect(conformance.faults.count == faults)
    }
}
