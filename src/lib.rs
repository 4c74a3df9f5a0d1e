//! prongsai (โปร่งใส): YAML score files and Markdown narrative in, a static Thai website of ITA analysis reports and measures out.
//!
//! The way of the data, in reading order: `read` a folder, `parse` its texts, `score` and `check` what they say, `plan` the pages,
//! render them with a `theme`, `publish` the bytes. Only the two ends touch the disk. ARCHITECTURE.md tells the rest.

pub mod archive;
pub mod blob;
pub mod failure;
pub mod finding;
pub mod framework;
pub mod language;
pub mod model;
pub mod source;
pub mod spreadsheet;
pub mod thai;
pub mod theme;
pub mod workbook;

pub mod check;
pub mod compress;
pub mod links;
pub mod parse;
pub mod plan;
pub mod probe;
pub mod publish;
pub mod read;
pub mod register;
pub mod schema;
pub mod score;
pub mod search;
pub mod sight;
pub mod state;
pub mod watch;

pub mod build;
pub mod cli;
pub mod export;
pub mod fix;
pub mod import;
pub mod preview;
pub mod scaffold;
pub mod serve;
