//! What findings may cost, in words: items and points.

use super::joined;
use crate::finding::Findings;
use crate::finding::stake::{Items, Stake, Total};
use crate::language::Words;
use crate::model::ItemCode;
use crate::model::date::FiscalYear;
use crate::model::number::Exact;
use std::collections::BTreeMap;

/// Items that are worth naming one by one; of more than these the first are.
const ITEMS_NAMED: usize = 6;

/// What all findings cost together; `None` of those that cost nothing that could be said.
pub(super) fn of_all(findings: &Findings) -> Option<Words> {
    in_words(&findings.stakes())
}

/// What one finding costs.
pub(super) fn of_one(stakes: &[Stake]) -> Option<Words> {
    let mut totals: BTreeMap<Total, Items> = BTreeMap::new();
    for stake in stakes {
        let total = Total { agency: None, round: stake.round };
        totals.entry(total).or_default().insert(stake.item, stake.points);
    }
    in_words(&totals)
}

/// Points of different agencies make no sum, and their items are too many to be named.
fn in_words(totals: &BTreeMap<Total, Items>) -> Option<Words> {
    let (first, last) = (totals.keys().next()?, totals.keys().next_back()?);
    if first.agency != last.agency {
        return Some(in_agencies(totals));
    }
    let of_round = |(total, items): (&Total, &Items)| match first.round == last.round {
        true => items_in_words(items),
        false => in_round(total.round, &items_in_words(items)),
    };
    let rounds: Vec<Words> = totals.iter().map(of_round).collect();
    Some(joined(&rounds, " และ", "; "))
}

fn in_round(round: FiscalYear, words: &Words) -> Words {
    Words::new(format!("รอบปี {round} {}", words.th), format!("round {round}: {}", words.en))
}

fn in_agencies(totals: &BTreeMap<Total, Items>) -> Words {
    let mut agencies: Vec<_> = totals.keys().map(|total| &total.agency).collect();
    agencies.dedup();
    let items: usize = totals.values().map(BTreeMap::len).sum();
    Words::new(
        format!("{items} ข้อ ใน {} หน่วยงาน", agencies.len()),
        format!("{items} items in {} agencies", agencies.len()),
    )
}

fn items_in_words(items: &Items) -> Words {
    let sum = items.values().fold(Exact::ZERO, |sum, points| sum + *points);
    let Words { th, en } = names(items);
    let (sum, plural) = (shortest(sum), if Some(sum) == Exact::ratio(1, 1) { "" } else { "s" });
    match items.len() {
        1 => Words::new(format!("{th} คิดเป็น {sum} คะแนน"), format!("{en}, {sum} point{plural}")),
        _ => Words::new(format!("{th} รวม {sum} คะแนน"), format!("{en}, {sum} point{plural} together")),
    }
}

/// `O42 และ O43`, or the first of many and how many more there are.
fn names(items: &Items) -> Words {
    let codes: Vec<String> = items.keys().map(ItemCode::to_string).collect();
    match codes.as_slice() {
        [] | [_] => Words::new(codes.concat(), codes.concat()),
        [others @ .., last] if codes.len() <= ITEMS_NAMED => {
            let others = others.join(", ");
            Words::new(format!("{others} และ {last}"), format!("{others} and {last}"))
        }
        _ => {
            let (named, others) = (codes[..ITEMS_NAMED].join(", "), codes.len() - ITEMS_NAMED);
            Words::new(format!("{named} และอีก {others} ข้อ"), format!("{named} and {others} more"))
        }
    }
}

/// Rounded half-up, with the decimals that it needs: `10`, `2.5`.
fn shortest(points: Exact) -> String {
    points.to_string().trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::trial::{finding, of};
    use super::*;
    use crate::finding::Location;

    fn stakes(round: i16, items: impl IntoIterator<Item = (u8, (i64, i64))>) -> Vec<Stake> {
        let round = FiscalYear::new(round).unwrap();
        let stake = |(item, (numerator, denominator))| Stake {
            round,
            item: ItemCode(item),
            points: Exact::ratio(numerator, denominator).unwrap(),
        };
        items.into_iter().map(stake).collect()
    }

    #[test]
    fn items_are_named_and_points_added() {
        let check = |stakes: Vec<Stake>, th: &str, en: &str| {
            assert_eq!(of_one(&stakes), Some(Words::new(th, en)));
        };
        assert_eq!(of_one(&[]), None);
        check(stakes(2566, [(42, (5, 1))]), "O42 คิดเป็น 5 คะแนน", "O42, 5 points");
        check(stakes(2566, [(42, (1, 1))]), "O42 คิดเป็น 1 คะแนน", "O42, 1 point");
        check(
            stakes(2566, [(43, (5, 1)), (42, (5, 1))]),
            "O42 และ O43 รวม 10 คะแนน",
            "O42 and O43, 10 points together",
        );
        check(
            stakes(2566, [(1, (1, 3)), (2, (1, 3)), (3, (1, 3))]),
            "O1, O2 และ O3 รวม 1 คะแนน",
            "O1, O2 and O3, 1 point together",
        );
        check(
            stakes(2566, (1..=9).map(|item| (item, (20, 9)))),
            "O1, O2, O3, O4, O5, O6 และอีก 3 ข้อ รวม 20 คะแนน",
            "O1, O2, O3, O4, O5, O6 and 3 more, 20 points together",
        );
        check(
            [stakes(2566, [(42, (5, 2))]), stakes(2567, [(27, (100, 1))])].concat(),
            "รอบปี 2566 O42 คิดเป็น 2.5 คะแนน และรอบปี 2567 O27 คิดเป็น 100 คะแนน",
            "round 2566: O42, 2.5 points; round 2567: O27, 100 points",
        );
    }

    #[test]
    fn points_of_several_agencies_make_no_sum() {
        let findings = of(["a", "b", "b"].map(|agency| {
            let mut finding = finding("5: 814.0", "814.0").costs(stakes(2566, [(42, (5, 1)), (43, (5, 1))]));
            finding.location = Location::file(format!("content/{agency}/2566/disclosure.yaml"));
            finding
        }));
        assert_eq!(of_all(&findings), Some(Words::new("4 ข้อ ใน 2 หน่วยงาน", "4 items in 2 agencies")));
    }
}
