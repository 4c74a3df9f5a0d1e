//! The words of a page, to see that two generators say the same.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;

/// Pages by which two sites are compared, one of every kind: kind, and place below the year of a report.
const SAMPLES: [(&str, &str); 16] = [
    ("portal", "../../"),
    ("about the portal", "../../about/"),
    ("search of the portal", "../../search/"),
    ("ranking", "../../2566/"),
    ("agencies without a report", "../../groups/no-report/"),
    ("front page", "../"),
    ("trend", "../trend/"),
    ("card", "../card/"),
    ("about", "../about/"),
    ("search", "../search/"),
    ("report", ""),
    ("measures", "measures/"),
    ("results", "results/"),
    ("memo", "memo/"),
    ("round", "oit/"),
    ("sheet", "oit/itas/"),
];

/// Tags at which no word ends.
const INVISIBLE: [&str; 2] = ["<no-br>", "</no-br>"];

/// Signs that one generator writes as they are and another by their names or numbers.
const ENTITIES: [(&str, &str); 5] =
    [("&#34;", "\""), ("&#39;", "'"), ("&#43;", "+"), ("&gt;", ">"), ("&quot;", "\"")];

/// A page on which two generators say the same.
pub(crate) struct Sample {
    /// What it is.
    pub(crate) kind: &'static str,
    /// How many words it has.
    pub(crate) words: usize,
}

/// The words of sample pages of one report, on two sites. A single report has no page of all years.
///
/// # Errors
/// If a page is missing there, or says a word or number more often on one site than on the other.
pub(crate) fn compare(here: &Path, there: &Path, report: &str) -> Result<Vec<Sample>, Box<dyn Error>> {
    let pages = SAMPLES.iter().map(|(kind, place)| (*kind, format!("{report}/{place}index.html")));
    let pages = pages.filter(|(_, page)| here.join(page).exists());
    pages.map(|(kind, page)| sample(here, there, kind, &page)).collect()
}

fn sample(here: &Path, there: &Path, kind: &'static str, page: &str) -> Result<Sample, Box<dyn Error>> {
    let read = |site: &Path| fs::read_to_string(site.join(page)).map(|html| words(&html));
    let (here, there) = (read(here)?, read(there)?);
    for word in here.keys().chain(there.keys()) {
        let [here, there] = [&here, &there].map(|words| words.get(word).copied().unwrap_or_default());
        if here != there {
            return Err(format!("{page} says {word} {here} times here and {there} times there").into());
        }
    }
    Ok(Sample { kind, words: here.values().sum() })
}

/// Everything between tags that a reader sees, split at blanks, and how often it stands there: Thai writes no
/// blanks between words, so these are runs of them.
fn words(html: &str) -> BTreeMap<String, usize> {
    let mut body = html.split_once("<body").map_or(html, |(_, body)| body).to_owned();
    for tag in INVISIBLE {
        body = body.replace(tag, "");
    }
    let mut words = BTreeMap::new();
    let texts = body.split('<').filter_map(|piece| Some(piece.split_once('>')?.1));
    for word in texts.flat_map(str::split_whitespace) {
        let plain = ENTITIES.iter().fold(word.to_owned(), |word, (name, sign)| word.replace(name, sign));
        *words.entry(plain).or_insert(0) += 1;
    }
    words
}
