internal import Foundation
internal import Glibc

/// How long anything is waited for before a check fails. Nothing waits this long that works.
internal enum Patience {
    static let seconds = 60.0
}

/// The ports of the kernel's virtual host controller.
///
/// Source: Linux, drivers/usb/usbip/vhci_sysfs.c.
internal enum VirtualPort {
    private static let controller = "/sys/devices/platform/vhci_hcd.0"
    private static let fullSpeed = 2

    /// Gives the kernel one end of a device's line.
    static func attach(_ port: Int, to end: Int32) throws {
        let deviceNumber = 0x10000 + port + 2
        try Sysfs.write("\(port) \(end) \(deviceNumber) \(fullSpeed)", to: "\(controller)/attach")
    }

    /// After an unplug the port is busy for a moment.
    static func waitUntilFree(_ port: Int) throws {
        try KernelEvents.wait("port \(port) to be free") {
            Sysfs.read("\(controller)/status").split(separator: "\n").contains { line in
                let words = line.split(separator: " ")
                return words.count > 2 && words[0] == "hs" && Int(words[1]) == port
                    && Int(words[2]) == 4
            }
        }
    }
}

/// Files of the kernel.
internal enum Sysfs {
    /// The text without the line's end; empty when there is no such file.
    static func read(_ path: String) -> String {
        let data = FileManager.default.contents(atPath: path) ?? Data()
        let text = String(decoding: data, as: UTF8.self)
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }

    /// Writes in one call, as the kernel wants it.
    static func write(_ text: String, to path: String) throws {
        let file = unsafe open(path, O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { throw GuestFault("\(path): errno \(errno)") }
        defer { close(file) }
        let bytes = Array(text.utf8)
        guard unsafe Glibc.write(file, bytes, bytes.count) == bytes.count else {
            throw GuestFault("\(path): errno \(errno)")
        }
    }

    /// The last part of what a link points to; `nil` when there is none.
    static func link(_ path: String) -> String? {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: path))
            .map { URL(fileURLWithPath: $0).lastPathComponent }
    }
}

/// Whole reads and writes on a stream socket.
internal enum Socket {
    /// So many bytes; `nil` when the other end is gone.
    static func read(_ end: Int32, _ count: Int) -> [UInt8]? {
        var bytes = Array(repeating: UInt8(0), count: count)
        var got = 0
        while got < count {
            let step = unsafe bytes.withUnsafeMutableBytes { room in
                unsafe Glibc.read(end, room.baseAddress?.advanced(by: got), count - got)
            }
            if step < 0, errno == EINTR { continue }
            guard step > 0 else { return nil }
            got += step
        }
        return bytes
    }

    /// All bytes, or as many as the other end takes.
    static func write(_ end: Int32, _ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let step = unsafe bytes.withUnsafeBytes { all in
                unsafe Glibc.send(
                    end, all.baseAddress?.advanced(by: sent), bytes.count - sent,
                    Int32(MSG_NOSIGNAL))
            }
            if step < 0, errno == EINTR { continue }
            guard step > 0 else { return }
            sent += step
        }
    }
}

/// What the kernel and udev tell of devices that come and go.
internal enum KernelEvents {
    /// Waits until something is so; looks again whenever a device changes, and now and then, since
    /// not every change is told.
    static func wait(_ what: String, _ isSo: () throws -> Bool) throws {
        let line = socket(AF_NETLINK, Int32(SOCK_RAW.rawValue), 15)
        guard line >= 0 else { throw GuestFault("netlink: errno \(errno)") }
        defer { close(line) }
        // sockaddr_nl: family, padding, port 0, groups; 1 is what the kernel tells, 2 what udev has
        // worked on.
        let address: [UInt32] = [UInt32(AF_NETLINK), 0, 3]
        let bound = unsafe address.withUnsafeBytes { bytes in
            unsafe bytes.withMemoryRebound(to: sockaddr.self) {
                unsafe bind(line, $0.baseAddress, socklen_t(bytes.count))
            }
        }
        guard bound == 0 else { throw GuestFault("netlink: errno \(errno)") }
        let limit = Date(timeIntervalSinceNow: Patience.seconds)
        while try !isSo() {
            guard Date() < limit else { throw GuestFault("waited in vain for \(what)") }
            var ready = pollfd(fd: line, events: Int16(POLLIN), revents: 0)
            var message = Array(repeating: UInt8(0), count: 8192)
            if unsafe poll(&ready, 1, 100) > 0 { _ = unsafe recv(line, &message, 8192, 0) }
        }
    }
}
