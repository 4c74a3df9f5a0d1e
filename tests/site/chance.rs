//! Chance that can be had again: from a seed, as often as the environment asks for. By default a test throws few dice and always the same,
//! since every change waits for it.

use proptest::test_runner::{Config, RngSeed, TestRunner};
use std::env;

/// How long a failing sequence is cut down, in milliseconds.
const LONGEST_SHRINKING: u32 = 120_000;

/// A number from the environment, or what the test takes by itself.
pub(crate) fn number(variable: &str, default: u64) -> u64 {
    let given = env::var(variable).ok();
    given.map_or(default, |text| text.parse().unwrap_or_else(|_| panic!("{variable}={text} is no number")))
}

/// The seed that a test begins with.
pub(crate) fn seed() -> u64 {
    number("PRONGSAI_SEED", 0)
}

/// Dice that fall the same way for the same seed, and are thrown once in a run.
pub(crate) fn dice(seed: u64) -> TestRunner {
    dice_thrown(seed, 1)
}

/// The same, thrown so many times in a run.
pub(crate) fn dice_thrown(seed: u64, cases: u32) -> TestRunner {
    TestRunner::new(Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 10_000,
        max_shrink_time: LONGEST_SHRINKING,
        rng_seed: RngSeed::Fixed(seed),
        ..Config::default()
    })
}
