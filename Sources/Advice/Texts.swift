/// The languages of the cashier.
public enum Language: String, Equatable, Sendable, CaseIterable {
    case english = "en"
    case spanish = "es"
}

/// Everything that is said to a cashier, in every language: one catalogue.
public enum Texts {
    /// A text in each language.
    struct Entry {
        let english: String
        let spanish: String

        init(_ english: String, _ spanish: String) {
            self.english = english
            self.spanish = spanish
        }

        func text(in language: Language) -> String {
            switch language {
            case .english: english
            case .spanish: spanish
            }
        }
    }
}

extension Advice {
    /// The next step in words.
    public func text(in language: Language = .english) -> String {
        Texts.entry(self).text(in: language)
    }
}

extension Reason {
    /// The reason in words.
    public func text(in language: Language = .english) -> String {
        Texts.entry(self).text(in: language)
    }
}

extension Guidance {
    /// Reason and next step in words.
    public func text(in language: Language = .english) -> String {
        let step = advice.text(in: language)
        guard let reason else { return step }
        return reason.text(in: language) + " " + step
    }
}
