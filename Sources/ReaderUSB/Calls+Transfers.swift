internal import CLibUSB
internal import Glibc
internal import Secrets
internal import Synchronization

/// A transfer that reads packets of one size into locked memory.
@safe internal struct USBTransfer: @unchecked Sendable {
    fileprivate let pointer: UnsafeMutablePointer<libusb_transfer>
}

/// How a transfer ended.
internal enum TransferEnding: Equatable {
    case packet
    case cancelled
    case fault(TransferFault)
}

extension Calls {
    /// Transfers that were made and not freed yet.
    static let liveTransfers = Atomic(0)

    /// The corresponding C function is `libusb_alloc_transfer`.
    static func newTransfer() -> USBTransfer? {
        guard let pointer = unsafe libusb_alloc_transfer(0) else { return nil }
        liveTransfers.add(1, ordering: .relaxed)
        return unsafe USBTransfer(pointer: pointer)
    }

    /// The corresponding C function is `libusb_free_transfer`.
    static func free(_ transfer: USBTransfer) {
        unsafe libusb_free_transfer(transfer.pointer)
        liveTransfers.subtract(1, ordering: .relaxed)
    }

    /// Cuts the room into pieces of `packetBytes`, one a transfer, and makes `connection` the
    /// receiver of what ends. The room's bytes stay where they are as long as it lives; it and the
    /// connection must outlive the transfers. The corresponding C function is
    /// `libusb_fill_interrupt_transfer`.
    static func fill(
        _ transfers: [USBTransfer], room: inout SecretBytes, for connection: USBConnection
    ) {
        let packetBytes = connection.interface.packetBytes
        let receiver = unsafe Unmanaged.passUnretained(connection).toOpaque()
        room.edit { bytes in
            unsafe bytes.withUnsafeMutableBufferPointer { buffer in
                for (index, transfer) in transfers.enumerated() {
                    guard let base = buffer.baseAddress else { return }
                    unsafe libusb_fill_interrupt_transfer(
                        transfer.pointer, connection.handle.pointer,
                        connection.interface.endpoint, base + index * packetBytes,
                        Int32(packetBytes),
                        ended, receiver, 0)
                }
            }
        }
    }

    /// The corresponding C function is `libusb_submit_transfer`.
    static func submit(_ transfer: USBTransfer) -> USBCode {
        USBCode(rawValue: unsafe libusb_submit_transfer(transfer.pointer))
    }

    /// The corresponding C function is `libusb_cancel_transfer`.
    static func cancel(_ transfer: USBTransfer) {
        _ = unsafe libusb_cancel_transfer(transfer.pointer)
    }

    /// How many bytes came.
    static func byteCount(of transfer: USBTransfer) -> Int {
        let pointer = unsafe transfer.pointer.pointee
        return unsafe Int(max(0, min(pointer.actual_length, pointer.length)))
    }

    /// What came, for the time of the call.
    static func takePacket(of transfer: USBTransfer, _ take: (Span<UInt8>) -> Void) {
        guard let buffer = unsafe transfer.pointer.pointee.buffer else { return }
        unsafe take(Span(_unsafeStart: buffer, count: byteCount(of: transfer)))
    }

    /// The corresponding C function is `explicit_bzero`.
    static func wipe(_ transfer: USBTransfer) {
        let pointer = unsafe transfer.pointer.pointee
        guard let buffer = unsafe pointer.buffer else { return }
        unsafe explicit_bzero(buffer, Int(pointer.length))
    }

    /// How a transfer ended.
    static func ending(of transfer: USBTransfer) -> TransferEnding {
        switch unsafe transfer.pointer.pointee.status {
        case LIBUSB_TRANSFER_COMPLETED: .packet
        case LIBUSB_TRANSFER_CANCELLED: .cancelled
        case LIBUSB_TRANSFER_STALL: .fault(.stall)
        case LIBUSB_TRANSFER_OVERFLOW: .fault(.babble)
        case LIBUSB_TRANSFER_NO_DEVICE: .fault(.noDevice)
        default: .fault(.failed)
        }
    }

    private static let ended: libusb_transfer_cb_fn = { pointer in
        guard let pointer = unsafe pointer, let data = unsafe pointer.pointee.user_data else {
            return
        }
        let connection = unsafe Unmanaged<USBConnection>.fromOpaque(data).takeUnretainedValue()
        connection.ended(unsafe USBTransfer(pointer: pointer))
    }
}
