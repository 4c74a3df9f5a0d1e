//! The program from outside: whole sites through the library, and the binary on real disks. Every module names one promise.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says so by stopping")]

mod again;
mod asked;
mod cases;
mod chance;
mod compress;
mod data;
mod disk;
mod edit;
#[cfg(feature = "sqlite")]
mod export;
mod files;
mod fix;
mod folder;
mod fuzz;
mod guide;
mod hosting;
mod html;
mod import;
mod killed;
mod live;
mod portal;
mod preview;
mod promises;
mod scores;
mod search;
mod seed;
mod sequences;
mod serve;
mod tidy;
mod trend;
mod watch;
mod zip;
