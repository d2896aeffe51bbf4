internal import Foundation

/// Why a list of faults cannot be read. Holds places and names of members, never values.
public enum FaultFileFault: Error, Equatable, Sendable {
    /// The file cannot be read.
    case notReadable
    /// It is no JSON, from this byte on.
    case notJSON(offset: Int)
    /// It is no object and no array of objects.
    case notAList
    /// No fault has this name; the fault's place in the list from 1 on.
    case name(fault: Int)
    /// A member that a fault does not have.
    case memberUnknown(fault: Int)
    /// A member whose value is none that it can have.
    case value(String, fault: Int)
}

extension FaultFileFault: CustomStringConvertible {
    /// The fault and the remedy.
    public var description: String {
        switch self {
        case .notReadable: "the file cannot be read; check its name and permissions"
        case .notJSON(let offset):
            "no JSON from byte \(offset) on; write [{\"name\": \"dropAfterCommit\"}]"
        case .notAList: "it is no list of faults; write [{\"name\": \"dropAfterCommit\"}]"
        case .name(let fault):
            "fault \(fault) has no name that is known; docs/emulator.md lists them"
        case .memberUnknown(let fault):
            "fault \(fault) has a member that none has; leave "
                + FaultRule.memberNames.joined(separator: ", ")
        case .value(let member, let fault):
            "fault \(fault): \(member) cannot have this value; see docs/emulator.md"
        }
    }
}

extension FaultRule {
    /// The members that a fault may have.
    internal static let memberNames = [
        "name", "operation", "method", "path", "reference", "amount", "from", "times",
        "milliseconds", "count", "status", "text",
    ]

    /// Reads a file of faults.
    internal static func list(file path: String) throws(FaultFileFault) -> [FaultRule] {
        guard let data = FileManager.default.contents(atPath: path) else { throw .notReadable }
        return try list(parsing: Array(data))
    }

    /// Reads one fault or an array of them.
    package static func list(parsing text: [UInt8]) throws(FaultFileFault) -> [FaultRule] {
        let json: JSONValue
        do throws(JSONFault) {
            json = try JSONValue(parsing: text)
        } catch {
            throw .notJSON(offset: error.offset)
        }
        let values: [JSONValue]
        switch json {
        case .array(let elements): values = elements
        case .object: values = [json]
        default: throw .notAList
        }
        var rules: [FaultRule] = []
        for value in values { rules.append(try FaultRule(value, place: rules.count + 1)) }
        return rules
    }

    private init(_ value: JSONValue, place: Int) throws(FaultFileFault) {
        guard let members = value.members else { throw .notAList }
        guard let name = value["name"]?.string.flatMap(FaultName.init(rawValue:)) else {
            throw .name(fault: place)
        }
        self.init(name)
        for member in members {
            guard Self.memberNames.contains(member.name) else {
                throw .memberUnknown(fault: place)
            }
            guard set(member.name, member.value) else {
                throw .value(member.name, fault: place)
            }
        }
    }

    /// Sets a member; false when it cannot have this value.
    private mutating func set(_ member: String, _ value: JSONValue) -> Bool {
        let number = MerchantRules.identifier(value)
        switch member {
        case "name": return true
        case "operation": operation = value.string
        case "method": method = value.string?.uppercased()
        case "path": path = value.string
        case "reference": reference = value.string
        case "text": text = value.string
        case "amount":
            cents = value.numberText.flatMap(AmountText.cents)
            return cents != nil
        case "from": from = max(1, number ?? 1)
        case "times": times = number
        case "milliseconds": milliseconds = number
        case "count": count = number
        default:
            status = number
            return number.map { (100...599).contains($0) } ?? false
        }
        return isNumber(member)
            ? (number ?? -1) >= 0 && (number ?? 0) < 1 << 40 : value.string != nil
    }

    private func isNumber(_ member: String) -> Bool {
        ["from", "times", "milliseconds", "count"].contains(member)
    }

    /// The fault as a file has it.
    package var json: JSONValue {
        let texts: KeyValuePairs = [
            "name": name.rawValue, "operation": operation, "method": method, "path": path,
            "reference": reference, "amount": cents.map(AmountText.dollars), "text": text,
        ]
        let numbers: KeyValuePairs = [
            "from": from, "times": times, "milliseconds": milliseconds, "count": count,
            "status": status,
        ]
        let members =
            texts.compactMap { pair in
                pair.value.map { JSONMember(name: pair.key, value: .string($0)) }
            }
            + numbers.compactMap { pair in
                pair.value.map { JSONMember(name: pair.key, value: .integer($0)) }
            }
        return .object(members)
    }
}
