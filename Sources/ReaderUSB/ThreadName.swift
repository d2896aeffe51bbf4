/// Names of threads, as `ps -T` shows them.
public enum ThreadName {
    /// Names the calling thread, in at most 15 bytes.
    public static func set(_ name: String) { Calls.nameThread(name) }
}
