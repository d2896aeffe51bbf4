internal import ArgumentParser
internal import Foundation
internal import GatewayLink
internal import PayHub
internal import ReaderUSB
internal import Readers
internal import Secrets
internal import Timeline

/// `swipeline doctor`: what is wrong with this machine, each fault with its remedy.
internal struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Looks for everything that keeps a swipe from becoming a sale; tells the remedy.",
        discussion: """
            The gateway is looked at when one is given. Exit codes: 0 all is well, 2 something is \
            wrong with the configuration or this machine, 5 no reader or gateway can be used.
            """)

    @OptionGroup var gateway: GatewayOptions

    /// One thing that was looked at.
    struct Finding {
        let name: String
        let remedy: String?
        var exit = Exit.approved

        static func good(_ name: String) -> Finding { Finding(name: name, remedy: nil) }
        static func bad(_ name: String, _ remedy: String, _ exit: Exit) -> Finding {
            Finding(name: name, remedy: remedy, exit: exit)
        }
    }

    func run() throws {
        let findings = memory() + rules() + readers() + gatewayFindings()
        for finding in findings {
            if let remedy = finding.remedy {
                try OutputStream.say("\(Terminal.paint("wrong", .red)) \(finding.name): \(remedy)")
            } else {
                try OutputStream.say("\(Terminal.paint("well ", .green)) \(finding.name)")
            }
        }
        let worst = Exit.worst(of: findings.map(\.exit))
        if worst != .approved { throw worst }
        if findings.contains(where: { $0.exit == .usage }) { throw Exit.usage }
    }

    /// A lane's memory and a reader's, at once, as a sale takes them.
    private func memory() -> [Finding] {
        do throws(SecretError) {
            let lane = try SecretArena()
            let reader = try SecretArena(blocks: 4)
            guard lane.freeBlocks + reader.freeBlocks == SecretArena.laneBlocks + 4 else {
                return []
            }
            return [.good("memory for card data can be locked (64 KiB)")]
        } catch { return [.bad("locked memory", error.description, .usage)] }
    }

    private func rules() -> [Finding] {
        let folders = ["/etc/udev/rules.d", "/usr/lib/udev/rules.d", "/lib/udev/rules.d"]
        let texts = folders.compactMap {
            try? String(contentsOfFile: "\($0)/\(UDEVRules.fileName)", encoding: .utf8)
        }
        // The first folder wins, as with udev.
        guard let text = texts.first else {
            return [.bad("udev rules", "not installed; run make install-udev", .usage)]
        }
        guard text == UDEVRules.text else {
            return [
                .bad("udev rules", "those of another version; run make install-udev", .usage)
            ]
        }
        return [.good("udev rules are installed")]
    }

    private func readers() -> [Finding] {
        let library = Finding.good("libusb \(USBSurvey.libraryVersion) is there")
        do throws(USBFault) {
            let findings = try USBSurvey.findings()
            guard !findings.isEmpty else {
                return [library, .bad("reader", USBFault.noReader.description, .unreachable)]
            }
            return [library] + findings.flatMap(Self.look)
        } catch {
            return [library, .bad("USB", error.description, .unreachable)]
        }
    }

    private static func look(at found: USBFinding) -> [Finding] {
        let name = "reader \(found.name)"
        if let fault = found.fault {
            return [.bad(name, remedy(for: fault), .unreachable)]
        }
        guard let profile = found.profile else { return [] }
        let mode = profile.identity.mode
        let driver = found.hasKernelDriver ? "; the kernel's driver will be taken off it" : ""
        let hint =
            mode == .keyboard
            ? "; in keyboard mode whoever is slower than us types into other programs, HID mode "
                + "is safer" : ""
        return [.good("\(name): \(profile.name), \(mode.rawValue) mode\(driver)\(hint)")]
    }

    private static func remedy(for fault: USBFault) -> String {
        guard fault == .noRights else { return fault.description }
        return "this user may not open it; run make install-udev, then plug it in again. A "
            + "service's user must be in the group \(UDEVRules.group)"
    }

    private func gatewayFindings() -> [Finding] {
        guard gateway.isGiven else { return [] }
        do {
            let account = try gateway.target(emulatorDirectory: nil).account
            let context = try account.context()
            var link = GatewayLink(context, time: SystemTime())
            try link.open()
            link.close()
            return [.good("gateway \(account.endpoint.host) answers, and its certificate is good")]
        } catch let failure as Failure {
            return [.bad("gateway", failure.message, failure.exit)]
        } catch let failure as LinkFailure {
            return [.bad("gateway", failure.description, .unreachable)]
        } catch { return [.bad("gateway", "it cannot be reached", .unreachable)] }
    }
}
