internal import ArgumentParser

/// A choice whose names on the command line are those of its cases: `settledBatches` is
/// `settled-batches`.
internal protocol CommandWord: CaseIterable, ExpressibleByArgument {
    /// The name on the command line.
    var word: String { get }
}

extension CommandWord {
    internal var word: String {
        let letters = Array("\(self)")
        return letters.indices.reduce(into: "") { word, index in
            // An acronym is one word: streetAndZIPMismatch.
            let isFirst =
                letters[index].isUppercase && index > 0
                && (letters[index - 1].isLowercase
                    || letters.indices.contains(index + 1) && letters[index + 1].isLowercase)
            word += (isFirst ? "-" : "") + letters[index].lowercased()
        }
    }

    internal init?(word: String) {
        guard let found = Self.allCases.first(where: { $0.word == word }) else { return nil }
        self = found
    }

    internal init?(argument: String) { self.init(word: argument) }

    internal static var allValueStrings: [String] { allCases.map(\.word) }
    internal var defaultValueDescription: String { word }
}

extension CommandWord where Self: RawRepresentable, RawValue: ExpressibleByArgument {
    /// Not the raw value, which may be the gateway's name of it.
    internal init?(argument: String) { self.init(word: argument) }
}

/// On or off.
internal enum Position: CommandWord {
    case on
    case off
}
