//! Rules that hold for any texts: groups share nothing, the same stays together, what is a member is alike enough.

use allmende_similarity::{Group, Settings, group};
use proptest::prelude::*;

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(vec!["Baum", "Hecke", "Frist", "kurz", "nicht", "Straße", "80", "Grün", "und", "die", "wir"]), 0..40)
        .prop_map(|words| words.join(" "))
}

fn run(texts: &[String]) -> Vec<Group> {
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    group(&texts, &Settings::default())
}

proptest! {
    #[test]
    fn a_text_is_in_at_most_one_group_and_groups_have_at_least_two(texts in prop::collection::vec(text(), 0..40)) {
        let mut seen = std::collections::HashSet::new();
        for group in run(&texts) {
            prop_assert!(group.members.len() + group.longer.len() > 1);
            for index in group.members.iter().map(|member| member.index).chain(group.longer.iter().copied()) {
                prop_assert!(index < texts.len());
                prop_assert!(seen.insert(index), "{index} twice");
            }
        }
    }

    #[test]
    fn the_same_text_stands_in_the_same_group(texts in prop::collection::vec(text(), 1..30), which in any::<prop::sample::Index>()) {
        let again = texts[which.index(texts.len())].clone();
        prop_assume!(again.split_whitespace().count() > 0);
        let mut all = texts.clone();
        all.push(again.to_uppercase());
        let (first, last) = (which.index(texts.len()), all.len() - 1);
        let found = run(&all).iter().any(|group| {
            let has = |index: usize| group.members.iter().any(|member| member.index == index);
            has(first) && has(last)
        });
        prop_assert!(found);
    }

    #[test]
    fn the_order_of_time_decides_and_nothing_else(texts in prop::collection::vec(text(), 0..30)) {
        prop_assert_eq!(run(&texts), run(&texts));
    }

    #[test]
    fn the_index_leaves_out_nothing_that_is_alike_enough(texts in prop::collection::vec(text(), 2..25)) {
        // Reckoned again without an index: each text joins the best of the groups before it.
        let settings = Settings::default();
        let words: Vec<Vec<String>> = texts.iter().map(|text| shingles(text)).collect();
        let mut slow: Vec<Vec<usize>> = Vec::new();
        for at in 0..texts.len() {
            if words[at].is_empty() {
                continue;
            }
            let mut best: Option<(usize, f64)> = None;
            for (number, group) in slow.iter().enumerate() {
                let (a, b) = (&words[at], &words[group[0]]);
                let likeness = jaccard(a, b);
                let needed = if a.len().min(b.len()) <= settings.short_max { settings.short_likeness_min } else { settings.likeness_min };
                if likeness >= needed && best.is_none_or(|(_, before)| likeness > before) {
                    best = Some((number, likeness));
                }
            }
            match best {
                Some((number, _)) => slow[number].push(at),
                None => slow.push(vec![at]),
            }
        }
        let fast: Vec<Vec<usize>> = run(&texts).iter().map(|group| group.members.iter().map(|member| member.index).collect()).filter(|group: &Vec<usize>| group.len() > 1).collect();
        slow.retain(|group| group.len() > 1);
        prop_assert_eq!(fast, slow);
    }
}

fn shingles(text: &str) -> Vec<String> {
    let words: Vec<String> = text.split_whitespace().map(|word| if word == "80" { "0".to_owned() } else { word.to_lowercase() }).collect();
    let mut out: Vec<String> = words.windows(words.len().clamp(1, 3)).map(|window| window.join(" ")).collect();
    out.sort();
    out.dedup();
    out
}

fn jaccard(a: &[String], b: &[String]) -> f64 {
    let common = a.iter().filter(|shingle| b.contains(shingle)).count();
    common as f64 / (a.len() + b.len() - common) as f64
}
