//! What a ZIP says of its files, as bytes: in front of each of them, in the list at the end, and where that list is (APPNOTE.TXT of PKWARE,
//! 4.3 and 4.5.3). It is a page of code; packages for it bring encryption and calls of the system, and their bytes change with their version.

/// What a field of 32 or 16 bits says where the number stands in the extension for large archives (ZIP64).
const ELSEWHERE: u32 = u32::MAX;
const ELSEWHERE_SHORT: u16 = u16::MAX;

/// The version of the format that is needed: 2.0 knows deflate, 4.5 large archives.
const PLAIN: u16 = 20;
const LARGE: u16 = 45;

/// The name is UTF-8.
const UTF_8: u16 = 1 << 11;

/// A file that its owner may write and everybody may read, as Unix says it.
const ATTRIBUTES: u32 = 0o100_644 << 16;
const UNIX: u16 = 3 << 8;

/// A file of an archive.
#[derive(Debug, Clone)]
pub(super) struct Entry<'a> {
    /// Its path, with `/`.
    pub(super) name: &'a str,
    /// Time and date as the format has them.
    pub(super) moment: (u16, u16),
    pub(super) crc: u32,
    /// In bytes.
    pub(super) size: u64,
    /// The bytes that it takes in the archive.
    pub(super) packed: u64,
    /// Otherwise they are as they were.
    pub(super) is_deflated: bool,
}

impl Entry<'_> {
    fn is_large(&self) -> bool {
        self.size.max(self.packed) >= u64::from(ELSEWHERE)
    }

    /// What stands in front of the bytes of the file.
    pub(super) fn head(&self) -> Vec<u8> {
        let large: &[u64] = if self.is_large() { &[self.size, self.packed] } else { &[] };
        let extra = extension(large);
        let mut head = b"PK\x03\x04".to_vec();
        head.extend(version(large).to_le_bytes());
        self.tell(&extra, &mut head);
        head.extend(self.name.as_bytes());
        head.extend(extra);
        head
    }

    /// What the list at the end says of the file, whose head stands at `offset`.
    pub(super) fn listed(&self, offset: u64) -> Vec<u8> {
        let mut large = if self.is_large() { vec![self.size, self.packed] } else { Vec::new() };
        large.extend((offset >= u64::from(ELSEWHERE)).then_some(offset));
        let extra = extension(&large);
        let mut listed = b"PK\x01\x02".to_vec();
        listed.extend((UNIX | version(&large)).to_le_bytes());
        listed.extend(version(&large).to_le_bytes());
        self.tell(&extra, &mut listed);
        // No comment, the first disk, no attributes of the format's own.
        listed.extend([0; 6]);
        listed.extend(ATTRIBUTES.to_le_bytes());
        listed.extend(limited(offset).to_le_bytes());
        listed.extend(self.name.as_bytes());
        listed.extend(extra);
        listed
    }

    /// What both say in the same words.
    fn tell(&self, extra: &[u8], to: &mut Vec<u8>) {
        let size = |size: u64| if self.is_large() { ELSEWHERE } else { limited(size) };
        let (time, date) = self.moment;
        let method: u16 = if self.is_deflated { 8 } else { 0 };
        [UTF_8, method, time, date].into_iter().for_each(|field| to.extend(field.to_le_bytes()));
        [self.crc, size(self.packed), size(self.size)]
            .into_iter()
            .for_each(|field| to.extend(field.to_le_bytes()));
        [self.name.len(), extra.len()].into_iter().for_each(|length| to.extend(short(length).to_le_bytes()));
    }
}

/// What stands behind the list: how many entries it has, how many bytes, and where it begins.
pub(super) fn end(entries: usize, size: u64, start: u64) -> Vec<u8> {
    let mut end = Vec::new();
    if entries >= usize::from(ELSEWHERE_SHORT) || size.max(start) >= u64::from(ELSEWHERE) {
        let number = entries as u64;
        end.extend(b"PK\x06\x06");
        end.extend(44_u64.to_le_bytes());
        end.extend((UNIX | LARGE).to_le_bytes());
        end.extend(LARGE.to_le_bytes());
        end.extend([0; 8]);
        [number, number, size, start].into_iter().for_each(|field| end.extend(field.to_le_bytes()));
        end.extend(b"PK\x06\x07\0\0\0\0");
        end.extend((start + size).to_le_bytes());
        end.extend(1_u32.to_le_bytes());
    }
    end.extend(b"PK\x05\x06\0\0\0\0");
    end.extend(short(entries).to_le_bytes());
    end.extend(short(entries).to_le_bytes());
    end.extend(limited(size).to_le_bytes());
    end.extend(limited(start).to_le_bytes());
    end.extend([0; 2]);
    end
}

/// The extension for numbers that need 64 bits.
fn extension(numbers: &[u64]) -> Vec<u8> {
    if numbers.is_empty() {
        return Vec::new();
    }
    let mut extension = 1_u16.to_le_bytes().to_vec();
    extension.extend(short(numbers.len() * 8).to_le_bytes());
    numbers.iter().for_each(|number| extension.extend(number.to_le_bytes()));
    extension
}

fn version(large: &[u64]) -> u16 {
    if large.is_empty() { PLAIN } else { LARGE }
}

fn limited(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(ELSEWHERE)
}

/// No path of a site is nearly as long, and no number of entries is told by this field alone.
fn short(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(ELSEWHERE_SHORT)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str, size: u64, packed: u64) -> Entry<'_> {
        Entry { name, moment: (1, 2), crc: 3, size, packed, is_deflated: size != packed }
    }

    fn number(bytes: &[u8], at: usize) -> u32 {
        u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap())
    }

    #[test]
    fn numbers_of_64_bits_stand_in_the_extension() {
        let check = |size: u64, packed: u64, offset: u64, numbers: &[u64]| {
            let listed = entry("a", size, packed).listed(offset);
            let extra = &listed[46 + 1..];
            let expected: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
            assert_eq!(extra.get(4..).unwrap_or_default(), expected, "{size} {packed} {offset}");
            assert_eq!(usize::from(listed[30]), extra.len());
            let fields = [number(&listed, 20), number(&listed, 24), number(&listed, 42)];
            let is_large = size.max(packed) > 0xffff_fffe;
            let field = |number: u64, is_large: bool| if is_large { u32::MAX } else { number as u32 };
            assert_eq!(
                fields,
                [field(packed, is_large), field(size, is_large), field(offset, offset > 0xffff_fffe)]
            );
        };
        const EDGE: u64 = 0xffff_ffff;
        check(10, 5, 7, &[]);
        check(EDGE - 1, 5, EDGE - 1, &[]);
        check(EDGE, 5, 7, &[EDGE, 5]);
        check(10, 5, EDGE, &[EDGE]);
        check(5 * EDGE, 5 * EDGE, 6 * EDGE, &[5 * EDGE, 5 * EDGE, 6 * EDGE]);
    }

    #[test]
    fn a_large_list_is_told_of_twice() {
        let check = |entries: usize, size: u64, start: u64, is_large: bool| {
            let end = end(entries, size, start);
            assert_eq!(end.starts_with(b"PK\x06\x06"), is_large, "{entries} {size} {start}");
            assert_eq!(end.len(), if is_large { 56 + 20 + 22 } else { 22 });
        };
        check(65_534, 1, 1, false);
        check(65_535, 1, 1, true);
        check(1, 1, 0xffff_ffff, true);
    }
}
