//! Which rows a filter leaves.

use super::answers::{Of, each};
use super::{Answer, Filter};
use crate::viewmodel::{Facts, Rows, order};

/// By index among all.
pub fn listed(facts: &Facts<'_>) -> Vec<usize> {
    let Some(filter) = facts.filter.filter(|filter| !filter.open()) else {
        return (0..facts.rows.len()).collect();
    };
    let mut pass = filter.pass();
    let matches = each(facts, |row| pass.matches(row));
    let kept = match facts.rows {
        Rows::Tree(rows) => {
            let depths: Vec<_> = rows.iter().map(|row| row.depth).collect();
            branches(&depths, &matches)
        }
        _ => matches,
    };
    let kept = kept.into_iter().enumerate();
    kept.filter_map(|(at, kept)| kept.then_some(at)).collect()
}

/// Whether the filter leaves each of these.
pub(in crate::viewmodel) fn passed<'a, T: 'a>(
    facts: &'a Facts<'a>,
    rows: impl Iterator<Item = (usize, &'a T)>,
) -> impl Iterator<Item = (usize, bool)>
where
    Of<'a, T>: Answer,
{
    let mut pass = facts
        .filter
        .filter(|filter| !filter.open())
        .map(Filter::pass);
    rows.map(move |(at, row)| {
        let pass = pass.as_mut();
        (at, pass.is_none_or(|it| it.matches(&Of { facts, row })))
    })
}

/// Of a tree: what matches, what that is under, and all that is under a match which has no other match below it.
fn branches(depths: &[u16], matches: &[bool]) -> Vec<bool> {
    let mut path: Vec<(u16, usize)> = Vec::new();
    let mut parents = Vec::new();
    for (at, depth) in depths.iter().enumerate() {
        while path.last().is_some_and(|(above, _)| above >= depth) {
            path.pop();
        }
        parents.push(path.last().map(|(_, at)| *at));
        path.push((*depth, at));
    }
    let yes = |flags: &[bool], at: usize| flags.get(at) == Some(&true);
    let mut above_match = vec![false; depths.len()];
    for (at, parent) in parents.iter().enumerate().rev() {
        let any = yes(matches, at) || yes(&above_match, at);
        if let Some(flag) = parent.and_then(|parent| above_match.get_mut(parent)) {
            *flag |= any;
        }
    }
    let mut whole: Vec<bool> = Vec::new();
    for (at, parent) in parents.iter().enumerate() {
        let last = yes(matches, at) && !yes(&above_match, at);
        whole.push(last || parent.is_some_and(|parent| yes(&whole, parent)));
    }
    let all = whole.iter().zip(&above_match).zip(matches);
    all.map(|((whole, above), matches)| *whole || *above || *matches)
        .collect()
}

/// Places among the listed rows of those that wait for a human.
pub fn in_need(facts: &Facts<'_>) -> Vec<usize> {
    let needs = |at: &usize| facts.rows.state(*at).is_some_and(order::needs);
    let listed = facts.listed.iter().enumerate();
    listed
        .filter_map(|(place, at)| needs(at).then_some(place))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::branches;

    #[test]
    fn a_branch_stays_for_what_is_on_it_and_keeps_what_is_under_its_last_match() {
        let depths = [0, 1, 2, 3, 3, 1, 0, 1];
        let kept = |matching: &[usize]| -> Vec<usize> {
            let matches: Vec<_> = (0..depths.len()).map(|at| matching.contains(&at)).collect();
            let kept = branches(&depths, &matches).into_iter().enumerate();
            kept.filter_map(|(at, kept)| kept.then_some(at)).collect()
        };
        assert_eq!(kept(&[4]), [0, 1, 2, 4]);
        assert_eq!(kept(&[1]), [0, 1, 2, 3, 4]);
        assert_eq!(kept(&[0, 1, 3]), [0, 1, 2, 3]);
        assert_eq!(kept(&[6]), [6, 7]);
        assert!(kept(&[]).is_empty());
    }
}
