//! The two languages of everything a person reads, and the two sets of digits. It knows no message and no template.

use crate::thai;
use std::fmt;

/// The language of messages and of the words that a theme prints itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Language {
    /// Thai, the default everywhere.
    #[default]
    Thai,
    /// English, for developers and foreign readers.
    English,
}

impl Language {
    /// The tag of BCP 47, as `lang` attributes and file names hold it.
    pub fn code(self) -> &'static str {
        match self {
            Language::Thai => "th",
            Language::English => "en",
        }
    }

    /// The language with this tag, if it is one of the two.
    pub fn from_code(code: &str) -> Option<Self> {
        [Language::Thai, Language::English].into_iter().find(|language| language.code() == code)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The digits in which a site prints its data. Addresses, item codes, file names and data files are never converted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Numerals {
    /// ๐–๙, promoted for official letters by the cabinet resolution of 2 พ.ค. 2543.
    #[default]
    Thai,
    /// 0–9.
    Arabic,
}

impl Numerals {
    /// A text of ASCII digits in these digits.
    pub fn print(self, text: &str) -> String {
        match self {
            Numerals::Thai => thai::to_thai_digits(text).into_owned(),
            Numerals::Arabic => text.to_owned(),
        }
    }

    /// As the file format names them.
    pub fn code(self) -> &'static str {
        match self {
            Numerals::Thai => "thai",
            Numerals::Arabic => "arabic",
        }
    }
}

/// One text in both languages; who shows it chooses.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Words {
    /// The Thai text, as an official would write it.
    pub th: String,
    /// The same in English.
    pub en: String,
}

impl Words {
    /// Both texts at once, Thai first.
    pub fn new(th: impl Into<String>, en: impl Into<String>) -> Self {
        Words { th: th.into(), en: en.into() }
    }

    /// The text in one language.
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Thai => &self.th,
            Language::English => &self.en,
        }
    }
}
