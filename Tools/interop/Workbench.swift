import Foundation

/// Makes sample programs ready to run and runs them. A sample is left as it is: what it needs
/// beside its own text (a program that calls it, the emulator's authority in its language's store)
/// stands around it.
struct Workbench {
    let folder: URL
    let gateway: Gateway

    /// Calls the one method without arguments that the samples in Java have.
    private static let javaCaller = """
        public class Caller {
          public static void main(String[] arguments) throws Exception {
            for (var method : Class.forName("transactions." + arguments[0]).getMethods()) {
              if (method.getDeclaringClass() != Object.class) method.invoke(null);
            }
          }
        }
        """

    /// Calls the one public method that the samples in C# have.
    private static let csharpCaller = """
        static class Caller {
          static void Main() {
            foreach (var type in typeof(Caller).Assembly.GetTypes())
              if (type.Namespace == "PayHubSamples" && type.IsPublic)
                foreach (var method in type.GetMethods())
                  if (method.IsStatic) method.Invoke(null, null);
          }
        }
        """

    private static let jars = ["httpclient", "httpcore", "commons-logging", "json-android"]
        .map { "/usr/share/java/\($0).jar" }.joined(separator: ":")
    private static let json = "/usr/lib/cli/Newtonsoft.Json-5.0/Newtonsoft.Json.dll"
    private static let password = "changeit"

    /// Compiles a sample; what the compiler says when it refuses it, else `nil`.
    func compile(_ sample: Sample) throws -> String? {
        let address = sample.language == .ruby ? gateway.plain : gateway.address
        let text = sample.text(at: address)
        switch sample.language {
        case .java:
            let file = "transactions/\(try className(of: sample)).java"
            try write(text, to: file)
            try write(Self.javaCaller, to: "Caller.java")
            return try refusal(["javac", "-nowarn", "-cp", Self.jars, file, "Caller.java"])
        case .csharp:
            try write(text, to: "sample.cs")
            try write(Self.csharpCaller, to: "caller.cs")
            return try refusal(
                ["mcs", "-out:sample.exe", "-r:\(Self.json)", "sample.cs", "caller.cs"])
        case .php:
            try write(text, to: "sample.php")
            return try refusal(["php", "-l", "sample.php"])
        case .ruby:
            try write(text, to: "sample.rb")
            return try refusal(["ruby", "-c", "sample.rb"])
        }
    }

    /// Runs a sample that was compiled; what it printed.
    func run(_ sample: Sample) throws -> String {
        let authority = gateway.authority
        switch sample.language {
        case .java:
            let store = folder.appending(path: "trust.p12").path
            if !FileManager.default.fileExists(atPath: store) {
                try call([
                    "keytool", "-importcert", "-noprompt", "-alias", "emulator", "-file",
                    authority, "-keystore", store, "-storepass", Self.password,
                ])
            }
            return try call([
                "java", "-cp", "\(Self.jars):.", "-Djavax.net.ssl.trustStore=\(store)",
                "-Djavax.net.ssl.trustStorePassword=\(Self.password)", "Caller",
                try className(of: sample),
            ])
        case .csharp:
            // The user's store of certificates lies in the user's home, which is this folder.
            try call(["cert-sync", "--quiet", "--user", authority])
            return try call(["mono", "sample.exe"])
        case .php: return try call(["php", "-d", "curl.cainfo=\(authority)", "sample.php"])
        case .ruby: return try call(["ruby", "sample.rb"])
        }
    }

    private func className(of sample: Sample) throws -> String {
        guard let found = sample.text.firstMatch(of: /public class (\w+)/) else {
            throw Mishap("\(sample.name) has no class")
        }
        return String(found.1)
    }

    private func write(_ text: String, to file: String) throws {
        let url = folder.appending(path: file)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    private func refusal(_ arguments: [String]) throws -> String? {
        let command = try command(arguments)
        return command.status == 0 ? nil : command.output
    }

    @discardableResult
    private func call(_ arguments: [String]) throws -> String {
        let command = try command(arguments)
        guard command.status == 0 else {
            throw Mishap("\(arguments[0]) ended with \(command.status): \(command.output)")
        }
        return command.output
    }

    private func command(_ arguments: [String]) throws -> Command {
        // Mono keeps the user's store of certificates, and the libraries what it built, here.
        let environment = ["HOME": folder.path, "XDG_CONFIG_HOME": "", "MONO_GAC_PREFIX": "/usr"]
        return try Command.run(arguments, in: folder, environment: environment)
    }
}
