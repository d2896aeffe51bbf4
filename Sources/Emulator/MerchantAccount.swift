internal import Foundation

/// A merchant of the emulated gateway and the tokens that act for it.
package struct MerchantAccount: Equatable, Sendable {
    /// The organization's number.
    package let organization: Int
    /// The terminals for third-party programs.
    package let terminals: Set<Int>
    /// Bearer tokens bound to this organization.
    package let tokens: Set<String>
    /// What may be asked for in its name.
    package var standing = Standing.good
    /// True where its tokens may also administer.
    package var isAdministrator = true
    /// Terminals that are switched off.
    package var inactiveTerminals: Set<Int> = []
    /// Terminals that are not for programs, such as the virtual terminal.
    package var otherTerminals: Set<Int> = []

    /// How an account stands. Source: PayHub API, "Error codes", 4032 and 4518 to 4520.
    package enum Standing: Sendable {
        /// Everything may be asked for.
        case good
        /// It moves no money.
        case inactive
        /// Its tokens are linked to no merchant yet.
        case unlinked
        /// It is not set up yet.
        case notSetUp
        /// It has no account at the virtual terminal.
        case withoutVirtualTerminal

        /// Why none of its requests is answered; `nil` when they are.
        internal var fault: GatewayFault? {
            switch self {
            case .good, .inactive: nil
            case .unlinked: .noMerchantForToken
            case .notSetUp: .merchantNotSetUp
            case .withoutVirtualTerminal: .noVirtualTerminal
            }
        }
    }

    /// A merchant.
    package init(organization: Int, terminals: Set<Int>, tokens: Set<String>) {
        self.organization = organization
        self.terminals = terminals
        self.tokens = tokens
    }

    /// The number of the emulator's own merchant, which the document does not use.
    package static let defaultOrganization = 20_001
    /// The terminal of the emulator's own merchant.
    package static let defaultTerminal = 1

    /// The emulator's own merchant.
    package static func standard(token: String) -> MerchantAccount {
        MerchantAccount(
            organization: defaultOrganization, terminals: [defaultTerminal], tokens: [token])
    }

    /// The merchants of the document's samples, each with the token that its sample programs send;
    /// the token of the last, which has no program, is our own.
    ///
    /// Source: PayHub API, the sample programs of "Sale" and "Refund".
    package static let ofTheDocument = [
        MerchantAccount(
            organization: 10_002, terminals: [2],
            tokens: ["22fe3c69-db70-4a8c-9aed-9a33ebb1e9b4"]),
        MerchantAccount(
            organization: 10_005, terminals: [5],
            tokens: ["dfd4f12a-79af-4825-8dba-db27342c8491"]),
        MerchantAccount(
            organization: 10_074, terminals: [134],
            tokens: ["2a5d6a73-d294-4fba-bfba-957a4948d4a3"]),
        MerchantAccount(
            organization: 10_127, terminals: [215],
            tokens: ["7c0e6f2b-51d8-4a36-9b0f-3d8a1f6e2c95"]),
    ]
}

/// Makes tokens of the form of the document's samples.
internal enum BearerToken {
    /// A version 4 UUID in lower case.
    static func random() -> String { UUID().uuidString.lowercased() }
}
