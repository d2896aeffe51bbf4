import Foundation
import HostileClient

/// The description of the API as it is served, and a checker of answers against it. It knows the
/// part of JSON Schema that the description uses, and refuses a word that it does not know.
struct OpenAPI: @unchecked Sendable {
    private let document: [String: Any]

    static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Sources/Service/openapi.json")

    init() throws {
        let object = try JSONSerialization.jsonObject(with: Data(contentsOf: Self.file))
        document = object as? [String: Any] ?? [:]
    }

    private var paths: [String: [String: Any]] {
        document["paths"] as? [String: [String: Any]] ?? [:]
    }

    /// Every operation, as method and path.
    var operations: [String] {
        paths.flatMap { path, methods in methods.keys.map { "\($0.uppercased()) \(path)" } }
            .sorted()
    }

    /// All codes that a problem may have.
    var problemCodes: [String] {
        let problem = schema("Problem")?["properties"] as? [String: [String: Any]]
        return problem?["code"]?["enum"] as? [String] ?? []
    }

    func schema(_ name: String) -> [String: Any]? {
        let components = document["components"] as? [String: [String: Any]]
        return components?["schemas"]?[name] as? [String: Any]
    }

    /// What is wrong with an answer; nothing when it is as described.
    func faults(of answer: Answer, to method: String, _ path: String) -> [String] {
        let segments = path.split(separator: "?")[0].split(separator: "/")
        let found = paths.first { template, methods in
            let parts = template.split(separator: "/")
            return parts.count == segments.count && methods[method.lowercased()] != nil
                && zip(parts, segments).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
        guard let found, let operation = found.value[method.lowercased()] as? [String: Any],
            let answers = operation["responses"] as? [String: [String: Any]],
            let described = answers[String(answer.status)] ?? answers["default"]
        else { return ["\(method) \(path) is not described"] }
        if answers[String(answer.status)] == nil, answer.status < 400 {
            return ["\(answer.status) is not described"]
        }
        guard let content = described["content"] as? [String: [String: Any]] else {
            return answer.body.isEmpty ? [] : ["a body that is not described"]
        }
        let type = answer.headers["content-type"]?.split(separator: ";").first.map(String.init)
        guard let schema = content[type ?? ""]?["schema"] as? [String: Any] else {
            return ["the type \(type ?? "none") is not described"]
        }
        guard type?.hasSuffix("json") == true else { return [] }
        guard
            let value = try? JSONSerialization.jsonObject(
                with: Data(answer.body.utf8), options: .fragmentsAllowed)
        else { return ["the body is no JSON"] }
        return check(value, schema, "")
    }

    private static let known: Set<String> = [
        "$ref", "type", "properties", "required", "additionalProperties", "items", "enum",
        "pattern", "minLength", "maxLength", "minimum", "maximum", "maxItems", "oneOf",
        "description",
    ]

    func check(_ value: Any, _ schema: [String: Any], _ path: String) -> [String] {
        let strange = schema.keys.filter { !Self.known.contains($0) }
        guard strange.isEmpty else { return ["the checker does not know \(strange)"] }
        if let name = (schema["$ref"] as? String)?.split(separator: "/").last {
            guard let schema = self.schema(String(name)) else { return ["no schema \(name)"] }
            return check(value, schema, path)
        }
        if let choices = schema["oneOf"] as? [[String: Any]] {
            let results = choices.map { check(value, $0, path) }
            let fitting = results.count { $0.isEmpty }
            return fitting == 1 ? [] : ["\(path): fits \(fitting) of \(choices.count)"] + results[0]
        }
        return checkType(value, schema, path) + checkObject(value, schema, path)
            + checkText(value, schema, path) + checkNumber(value, schema, path)
            + checkArray(value, schema, path)
    }

    private func checkType(_ value: Any, _ schema: [String: Any], _ path: String) -> [String] {
        let types = (schema["type"] as? String).map { [$0] } ?? schema["type"] as? [String]
        guard let types else { return [] }
        return types.contains(Self.type(of: value))
            ? [] : ["\(path): \(Self.type(of: value)) is none of \(types)"]
    }

    private static func type(of value: Any) -> String {
        switch value {
        case is NSNull: "null"
        case is String: "string"
        case is [Any]: "array"
        case is [String: Any]: "object"
        case let number as NSNumber:
            // Foundation keeps true and false as numbers of one bit.
            unsafe String(cString: number.objCType) == "c"
                ? "boolean"
                : number.doubleValue.rounded() == number.doubleValue ? "integer" : "number"
        default: "nothing"
        }
    }

    private func checkObject(_ value: Any, _ schema: [String: Any], _ path: String) -> [String] {
        guard let members = value as? [String: Any] else { return [] }
        let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
        var faults = (schema["required"] as? [String] ?? []).filter { members[$0] == nil }
            .map { "\(path).\($0) is missing" }
        if schema["additionalProperties"] as? Bool == false {
            faults += members.keys.filter { properties[$0] == nil }.map {
                "\(path).\($0) is strange"
            }
        }
        for (name, member) in members {
            if let schema = properties[name] { faults += check(member, schema, "\(path).\(name)") }
        }
        return faults
    }

    private func checkText(_ value: Any, _ schema: [String: Any], _ path: String) -> [String] {
        guard let text = value as? String else { return [] }
        var faults: [String] = []
        if let choices = schema["enum"] as? [String], !choices.contains(text) {
            faults.append("\(path): \(text) is none of \(choices)")
        }
        if let pattern = schema["pattern"] as? String,
            text.range(of: pattern, options: .regularExpression) == nil
        {
            faults.append("\(path): \(text) is not like \(pattern)")
        }
        if text.count < schema["minLength"] as? Int ?? 0 { faults.append("\(path) is too short") }
        if text.count > schema["maxLength"] as? Int ?? .max { faults.append("\(path) is too long") }
        return faults
    }

    private func checkNumber(_ value: Any, _ schema: [String: Any], _ path: String) -> [String] {
        guard let number = value as? Int else { return [] }
        let isIn =
            number >= schema["minimum"] as? Int ?? .min
            && number <= schema["maximum"] as? Int ?? .max
        return isIn ? [] : ["\(path): \(number) is out of bounds"]
    }

    private func checkArray(_ value: Any, _ schema: [String: Any], _ path: String) -> [String] {
        guard let elements = value as? [Any] else { return [] }
        var faults: [String] = []
        if elements.count > schema["maxItems"] as? Int ?? .max {
            faults.append("\(path): too many")
        }
        if let items = schema["items"] as? [String: Any] {
            for (index, element) in elements.enumerated() {
                faults += check(element, items, "\(path)[\(index)]")
            }
        }
        return faults
    }
}
