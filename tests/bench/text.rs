//! The words of a page, to see that two generators say the same.

use std::error::Error;
use std::fs;
use std::path::Path;

/// Pages by which two sites are compared: kind, and place below the year of a report.
const SAMPLES: [(&str, &str); 6] = [
    ("front page", "../"),
    ("report", ""),
    ("measures", "measures/"),
    ("results", "results/"),
    ("memo", "memo/"),
    ("round", "oit/"),
];

/// In hundredths of the words of a page.
const TOLERANCE: usize = 3;

/// How many words a page of a kind has, here and there.
pub(crate) struct Sample {
    pub(crate) kind: &'static str,
    pub(crate) here: usize,
    pub(crate) there: usize,
}

/// The words of sample pages of one report, on two sites.
///
/// # Errors
/// If a page is missing, or its words differ by more than a few per cent.
pub(crate) fn compare(here: &Path, there: &Path, report: &str) -> Result<Vec<Sample>, Box<dyn Error>> {
    SAMPLES
        .iter()
        .map(|(kind, place)| sample(here, there, kind, &format!("{report}/{place}index.html")))
        .collect()
}

fn sample(here: &Path, there: &Path, kind: &'static str, page: &str) -> Result<Sample, Box<dyn Error>> {
    let count = |site: &Path| fs::read_to_string(site.join(page)).map(|html| words(&html));
    let (here, there) = (count(here)?, count(there)?);
    if here.abs_diff(there) * 100 > TOLERANCE * here {
        return Err(format!("{page} has {here} words here and {there} there").into());
    }
    Ok(Sample { kind, here, there })
}

/// Everything between tags that a reader sees, split at blanks: Thai writes no blanks between words, so these are runs of them.
fn words(html: &str) -> usize {
    let body = html.split_once("<body").map_or(html, |(_, body)| body);
    let texts = body.split('<').filter_map(|piece| Some(piece.split_once('>')?.1));
    texts.flat_map(str::split_whitespace).count()
}
