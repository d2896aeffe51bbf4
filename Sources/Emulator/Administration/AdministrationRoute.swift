/// What a path of the administration names.
///
/// Source: PayHub API, "General settings" to "User roles".
internal enum AdministrationRoute: Equatable {
    case generalSettings
    case validatedDevices
    case webhookConfiguration
    case emailConfiguration
    case riskFraudDetection
    case roles
    case role(id: String)
    case roleUpdate(id: String)
    case roleCreation

    /// Reads the names behind `/api/v2`; `nil` when they name nothing here.
    init?(names: ArraySlice<String>) {
        switch Array(names) {
        case ["adminSettings", "generalSettings"]: self = .generalSettings
        case ["adminSettings", "validatedDevices"]: self = .validatedDevices
        case ["adminSettings", "webhookConfiguration"]: self = .webhookConfiguration
        case ["adminSettings", "emailConfiguration"]: self = .emailConfiguration
        case ["adminSettings", "riskFraudDetection"]: self = .riskFraudDetection
        case ["userRole", "roles"]: self = .roles
        case ["userRole", "roles", "create"]: self = .roleCreation
        case let names where names.count == 3 && names.starts(with: ["userRole", "roles"]):
            self = .role(id: names[2])
        case let names
        where names.count == 4 && names.starts(with: ["userRole", "roles", "update"]):
            self = .roleUpdate(id: names[3])
        default: return nil
        }
    }

    /// The methods that it answers.
    var methods: [String] {
        switch self {
        case .generalSettings, .roles, .role: ["GET"]
        case .validatedDevices, .webhookConfiguration, .emailConfiguration, .riskFraudDetection:
            ["GET", "PATCH"]
        case .roleUpdate: ["PATCH"]
        case .roleCreation: ["POST"]
        }
    }
}
