/// What a role may do in the merchant's account. The raw value is where the permission stands in a
/// role's document, spelled as the gateway spells it (`mobileVTAcces`, `thirdParyApi`).
///
/// Source: PayHub API, "User roles", the printed documents and their tables.
public enum Permission: String, Equatable, Hashable, Sendable, CaseIterable {
    case transactions = "transactions.checked"
    case viewHostedShop = "transactions.transactionOptions.viewHostedShop"
    case viewSubmitBatch = "transactions.transactionOptions.viewSubmitBatch"
    case viewCurrentBatches = "transactions.transactionOptions.currentBatches"
    case viewAllBatches = "transactions.transactionOptions.allBatches"

    case singleTransactions = "transactions.transactionOptions.single.checked"
    case void = "transactions.transactionOptions.single.singleOptions.voidupto"
    case sale = "transactions.transactionOptions.single.singleOptions.sales"
    case refund = "transactions.transactionOptions.single.singleOptions.refund"
    case viewTransaction = "transactions.transactionOptions.single.singleOptions.viewTransaction"

    case recurringBills = "transactions.transactionOptions.recurringBills.checked"
    case viewRecurringHostedShop =
        "transactions.transactionOptions.recurringBills.recurringBillOptions.viewHostedShop"
    case editRecurringBill =
        "transactions.transactionOptions.recurringBills.recurringBillOptions.edit"
    case deleteRecurringBill =
        "transactions.transactionOptions.recurringBills.recurringBillOptions.delete"
    case addRecurringBill =
        "transactions.transactionOptions.recurringBills.recurringBillOptions.add"

    case reports = "reports.checked"
    case standardReports = "reports.reportOptions.standard.checked"
    case reportProducts = "reports.reportOptions.standard.standardOptions.product"
    case reportRecurringBills = "reports.reportOptions.standard.standardOptions.recurrbill"
    case reportUsers = "reports.reportOptions.standard.standardOptions.users"
    case reportTransactions = "reports.reportOptions.standard.standardOptions.transaction"
    case reportBatches = "reports.reportOptions.standard.standardOptions.batch"
    case reportCustomers = "reports.reportOptions.standard.standardOptions.customer"
    case customReports = "reports.reportOptions.custom"
    /// Stands in the table alone, in no printed document.
    case reportOptions = "reports.reportOptions.checked"

    case help = "help.checked"
    case tickets = "help.helpOptions.tickets.checked"
    case editTicket = "help.helpOptions.tickets.ticketsOptions.edit"
    case addTicket = "help.helpOptions.tickets.ticketsOptions.add"

    case mobileTerminal = "mobileVTAcces.checked"

    case administration = "admin.checked"
    case products = "admin.adminOptions.product.checked"
    case editProduct = "admin.adminOptions.product.productOptions.edit"
    case deleteProduct = "admin.adminOptions.product.productOptions.delete"
    case uploadProducts = "admin.adminOptions.product.productOptions.bulkUpload"
    case addProduct = "admin.adminOptions.product.productOptions.add"
    case users = "admin.adminOptions.users.checked"
    case deleteRole = "admin.adminOptions.users.usersOptions.deleteRole"
    case manageRole = "admin.adminOptions.users.usersOptions.manageRole"
    case editRole = "admin.adminOptions.users.usersOptions.editRole"
    case addRole = "admin.adminOptions.users.usersOptions.addRole"
    case editUser = "admin.adminOptions.users.usersOptions.edit"
    case deleteUser = "admin.adminOptions.users.usersOptions.delete"
    case addUser = "admin.adminOptions.users.usersOptions.add"
    case editAdministrator = "admin.adminOptions.users.usersOptions.usersEditAdmin"
    case hostedShopCart = "admin.adminOptions.hostedShopCart"
    case riskAndFraud = "admin.adminOptions.riskAndFraud.checked"
    case setRiskAndFraud = "admin.adminOptions.riskAndFraud.riskAndFraudOptions.riskfraudSetting"
    case flagTransaction = "admin.adminOptions.riskAndFraud.riskAndFraudOptions.riskfraudFlagTrn"
    case setUpWebPOS = "admin.adminOptions.webposSetUp"
    case general = "admin.adminOptions.general.checked"
    case validateDevices = "admin.adminOptions.general.generalOptions.validateDev"
    case thirdPartyAPI = "admin.adminOptions.general.generalOptions.thirdParyApi"
    case shippingAndTax = "admin.adminOptions.general.generalOptions.shippingTax"
    case branding = "admin.adminOptions.general.generalOptions.branding"
    case generalSettings = "admin.adminOptions.general.generalOptions.generalSetting"

    case customers = "customer.checked"
    case editCustomer = "customer.customerOptions.edit"
    case deleteCustomer = "customer.customerOptions.delete"
    case viewCustomer = "customer.customerOptions.view"
    case addCustomer = "customer.customerOptions.add"

    case webPOS = "webPosAccess.checked"
    case webPOSAdministration = "webPosAccess.webPosAccessOptions.admin.checked"
    case webPOSHotKeys = "webPosAccess.webPosAccessOptions.admin.adminOptions.hotKey"
    case webPOSDevices = "webPosAccess.webPosAccessOptions.admin.adminOptions.deviceList"
    case webPOSSettings = "webPosAccess.webPosAccessOptions.admin.adminOptions.generalSettings"
    case webPOSTills = "webPosAccess.webPosAccessOptions.admin.adminOptions.tills"
    case webPOSDisplay = "webPosAccess.webPosAccessOptions.admin.adminOptions.display"
    case webPOSPrompts = "webPosAccess.webPosAccessOptions.admin.adminOptions.customPrompt"
    case webPOSMessages = "webPosAccess.webPosAccessOptions.admin.adminOptions.customMessage"
    case quitWebPOS = "webPosAccess.webPosAccessOptions.quitPos"
    case changePrices = "webPosAccess.webPosAccessOptions.manualPriceChange"
    /// Stands in the table alone, in no printed document.
    case webPOSAdd = "webPosAccess.webPosAccessOptions.add"

    /// Where it stands: the members from the outermost in.
    public var path: String { rawValue }

    /// True for what the document's tables name and no printed role has: it goes out only when it
    /// is granted.
    public var isInTablesOnly: Bool { self == .reportOptions || self == .webPOSAdd }

    /// A short name for people and commands: the path without what only groups, such as
    /// `transactions.single.refund`. Each is told apart.
    public var name: String {
        guard self != .reportOptions else { return "reports.options" }
        return path.split(separator: ".")
            .filter { !$0.hasSuffix("Options") && $0 != "checked" }
            .joined(separator: ".")
    }

    /// The permission with this ``name``, in any case.
    public init?(name: String) {
        let wanted = name.lowercased()
        guard let found = Self.allCases.first(where: { $0.name.lowercased() == wanted }) else {
            return nil
        }
        self = found
    }
}
