internal import Service

extension DoctorCommand {
    /// True when a service runs on this machine and reads its reader.
    static var isWithService: Bool {
        let health = try? ServiceClient.get("/v1/health", socket: Till.socketOfUser)
        return health?["reader"] == "connected"
    }
}
