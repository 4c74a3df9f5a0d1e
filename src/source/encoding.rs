//! The encodings besides UTF-8 that Thai offices save: how bytes in them look, and what they stand for. It decodes what it is certain of
//! and nothing else.

use std::char::decode_utf16;

/// An encoding of text files other than UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Encoding {
    /// What Notepad calls Unicode, in either order of bytes.
    Utf16,
    /// What Notepad calls ANSI on a Thai Windows: TIS-620 with the punctuation of Word in the gap between.
    Windows874,
}

impl Encoding {
    /// What bytes that are no UTF-8 most likely are.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let zeros = bytes.iter().filter(|byte| **byte == 0).count();
        if bytes.starts_with(&LITTLE_ENDIAN) || bytes.starts_with(&BIG_ENDIAN) || zeros * 4 > bytes.len() {
            return Some(Encoding::Utf16);
        }
        let is_defined = bytes.iter().all(|byte| *byte != 0 && thai_character(*byte).is_some());
        (is_defined && !bytes.is_ascii() && !is_broken_utf8(bytes)).then_some(Encoding::Windows874)
    }

    /// As Windows names it.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf16 => "UTF-16",
            Encoding::Windows874 => "Windows-874 (ANSI)",
        }
    }

    /// As programs name it (WHATWG).
    pub fn label(self) -> &'static str {
        match self {
            Encoding::Utf16 => "utf-16",
            Encoding::Windows874 => "windows-874",
        }
    }

    /// The text that bytes stand for, without a byte order mark; `None` where that is not certain.
    pub fn decode(self, bytes: &[u8]) -> Option<String> {
        let text = match self {
            Encoding::Utf16 => decode_units(bytes)?,
            Encoding::Windows874 => {
                let text = bytes.iter().map(|byte| thai_character(*byte)).collect::<Option<String>>()?;
                Some(text).filter(|text| reads_as_thai(text))?
            }
        };
        (!text.contains('\0')).then_some(text)
    }
}

const LITTLE_ENDIAN: [u8; 2] = [0xff, 0xfe];
const BIG_ENDIAN: [u8; 2] = [0xfe, 0xff];

/// The character of a byte in Windows-874. Bytes that the code page leaves open are those of another one.
fn thai_character(byte: u8) -> Option<char> {
    const PUNCTUATION: [char; 7] = ['‘', '’', '“', '”', '•', '–', '—'];
    match byte {
        0x00..=0x7f => Some(char::from(byte)),
        0x80 => Some('€'),
        0x85 => Some('…'),
        0x91..=0x97 => Some(PUNCTUATION[usize::from(byte - 0x91)]),
        0xa0 => Some('\u{a0}'),
        // Unicode took its Thai block over from TIS-620 in the same order.
        0xa1..=0xda | 0xdf..=0xfb => char::from_u32(0xe00 + u32::from(byte) - 0xa0),
        _ => None,
    }
}

/// Whether most of it is UTF-8 after all, as in a file that was cut off: in the Thai code page that would read เธฃเธงเธก.
fn is_broken_utf8(bytes: &[u8]) -> bool {
    let characters = |valid: &str| valid.chars().filter(|c| matches!(c, '\u{e01}'..='\u{e5b}')).count();
    let chunks = bytes.utf8_chunks().map(|chunk| (characters(chunk.valid()), chunk.invalid().len()));
    let (whole, torn) = chunks.fold((0, 0), |(whole, torn), (more, invalid)| (whole + more, torn + invalid));
    whole > torn
}

/// Whether a text holds words and not single letters: é of a Latin code page is ้ in the Thai one, but stands between other letters.
fn reads_as_thai(text: &str) -> bool {
    let is_thai = |c: &char| matches!(c, 'ก'..='\u{e3a}' | 'เ'..='๙');
    let pieces = text.split(|c| !is_thai(&c)).map(|piece| piece.chars().count());
    let (words, letters): (Vec<usize>, Vec<usize>) =
        pieces.filter(|length| *length > 0).partition(|length| *length > 1);
    words.iter().sum::<usize>() >= letters.len()
}

fn decode_units(bytes: &[u8]) -> Option<String> {
    let is_big = is_big_endian(bytes);
    let (pairs, []) = bytes.as_chunks::<2>() else { return None };
    let units =
        pairs.iter().map(|pair| if is_big { u16::from_be_bytes(*pair) } else { u16::from_le_bytes(*pair) });
    let text: String = decode_utf16(units).collect::<Result<_, _>>().ok()?;
    Some(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned))
}

/// Without a byte order mark the zeros tell: they are the upper halves of spaces, digits and line ends.
fn is_big_endian(bytes: &[u8]) -> bool {
    let zeros = |first: usize| bytes.iter().skip(first).step_by(2).filter(|byte| **byte == 0).count();
    let is_marked = bytes.starts_with(&LITTLE_ENDIAN) || bytes.starts_with(&BIG_ENDIAN);
    if is_marked { bytes.starts_with(&BIG_ENDIAN) } else { zeros(0) > zeros(1) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The bytes of a text in Windows-874.
    fn in_windows_874(text: &str) -> Vec<u8> {
        let byte = |c: char| (0..=0xff).find(|byte| thai_character(*byte) == Some(c));
        text.chars().map(|c| byte(c).unwrap()).collect()
    }

    fn in_utf_16(text: &str, mark: &str, in_order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        format!("{mark}{text}").encode_utf16().flat_map(in_order).collect()
    }

    #[test]
    fn bytes_are_named_and_decoded() {
        let check = |bytes: &[u8], encoding: Option<Encoding>, text: Option<&str>| {
            assert_eq!(Encoding::of(bytes), encoding, "{bytes:x?}");
            assert_eq!(encoding.and_then(|encoding| encoding.decode(bytes)).as_deref(), text, "{bytes:x?}");
        };
        let thai = "ชื่อ: “ก” – ๙\r\n";
        check(&[0xcb, 0xb9, 0xd1, 0xa7, b':'], Some(Encoding::Windows874), Some("หนัง:"));
        check(&in_windows_874(thai), Some(Encoding::Windows874), Some(thai));
        check(&in_utf_16(thai, "\u{feff}", u16::to_le_bytes), Some(Encoding::Utf16), Some(thai));
        check(&in_utf_16(thai, "\u{feff}", u16::to_be_bytes), Some(Encoding::Utf16), Some(thai));
        check(&in_utf_16("a: 5\n", "", u16::to_le_bytes), Some(Encoding::Utf16), Some("a: 5\n"));
        check(&in_utf_16("a: 5\n", "", u16::to_be_bytes), Some(Encoding::Utf16), Some("a: 5\n"));
        // Cut off, half a pair, and the é of another code page: what it is can be said, what it says cannot.
        check(&[0xff, 0xfe, b'a'], Some(Encoding::Utf16), None);
        check(&[0xff, 0xfe, 0x00, 0xd8], Some(Encoding::Utf16), None);
        check(b"r\xe9sum\xe9", Some(Encoding::Windows874), None);
        check(b"gr\xfc\xdfe", None, None);
        check(b"a\0bcdefgh", None, None);
        check(&[0xc3, 0x28, 0xff], None, None);
        check(&"รวมรวม".as_bytes()[..17], None, None);
    }

    proptest! {
        #[test]
        fn windows_874_goes_there_and_back(text in "([ก-\u{e3a}เ-๙]{2,9}|[ -~\r\n\t“”–•\u{a0}]){0,30}") {
            prop_assert_eq!(Encoding::Windows874.decode(&in_windows_874(&text)), Some(text));
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in any::<Vec<u8>>()) {
            let encoding = Encoding::of(&bytes);
            let _ = (encoding, Encoding::Utf16.decode(&bytes), Encoding::Windows874.decode(&bytes));
        }
    }
}
