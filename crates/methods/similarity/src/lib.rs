//! Near duplicates among short German texts: form letters with other names and addresses, copied paragraphs.
//!
//! Pure and deterministic: the same texts in the same order give the same groups, whatever machine reckons. A text becomes the set of
//! its shingles (three words in a row, numbers made alike); two texts are as alike as the share of shingles they have in common
//! (Jaccard). Texts are taken in their order: each joins the group whose first text it is most like, or begins one of its own. Which
//! groups can come into question at all is found through an index of the rarest shingles, which leaves out none that could be alike
//! enough. Knows nothing of statements or weighing; says which texts look alike, never that they mean the same. Start with [`group`].

mod shingles;

pub use shingles::Shingles;

use std::collections::HashMap;

/// From when on texts count as alike.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Share of shingles that long texts have in common; 0.5 lets a letter of 60 words change names, street and one sentence.
    pub likeness_min: f64,
    /// The same for short texts, where a single word turns the meaning.
    pub short_likeness_min: f64,
    /// Up to so many shingles a text is short.
    pub short_max: usize,
    /// Share of a group's first text that a longer text holds to be one that copies it and says more.
    pub copied_min: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { likeness_min: 0.5, short_likeness_min: 0.8, short_max: 25, copied_min: 0.7 }
    }
}

impl Settings {
    fn needed(&self, a: &Shingles, b: &Shingles) -> f64 {
        if a.size().min(b.size()) <= self.short_max { self.short_likeness_min.max(self.likeness_min) } else { self.likeness_min }
    }
}

/// A text within a group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Member {
    /// Its place among the texts that were given, from 0.
    pub index: usize,
    /// How alike it is to the first text of the group: 0 to 1, 1 for the same shingles.
    pub likeness: f64,
}

/// Texts that are alike.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// In the order they were given; the first is the one that the others are compared with.
    pub members: Vec<Member>,
    /// Texts that hold the first one and say more besides. They are members of no group on account of this one.
    pub longer: Vec<usize>,
}

/// The groups of at least two texts, or of one and a longer copy, in the order of their first texts. A text without words is in none.
///
/// Takes time in proportion to the words, and to the texts that have rare words in common: 5,000 texts of 2,000 characters well
/// under two seconds.
#[must_use]
pub fn group(texts: &[&str], settings: &Settings) -> Vec<Group> {
    let sets = shingles::ranked(texts);
    let mut index = Index::default();
    let mut groups: Vec<Group> = Vec::new();
    let mut alone: Vec<(usize, usize)> = Vec::new();
    for (at, own) in sets.iter().enumerate() {
        if own.size() == 0 {
            continue;
        }
        let mut best: Option<(usize, f64)> = None;
        for other in index.candidates(own, settings.likeness_min) {
            let first = &sets[groups[other].members[0].index];
            let likeness = own.likeness(first);
            if likeness >= settings.needed(own, first) && best.is_none_or(|(_, before)| likeness > before) {
                best = Some((other, likeness));
            }
        }
        match best {
            Some((group, likeness)) => groups[group].members.push(Member { index: at, likeness }),
            None => {
                alone.push((at, groups.len()));
                index.add(own, groups.len(), settings.likeness_min);
                groups.push(Group { members: vec![Member { index: at, likeness: 1.0 }], longer: Vec::new() });
            }
        }
    }
    find_longer(&sets, &mut groups, &alone, settings);
    groups.retain(|group| group.members.len() + group.longer.len() > 1);
    groups
}

/// Notes which lonely texts copy the first text of a real group. Short texts are left out: three words copy nobody.
fn find_longer(sets: &[Shingles], groups: &mut [Group], alone: &[(usize, usize)], settings: &Settings) {
    let mut holders: HashMap<u32, Vec<usize>> = HashMap::new();
    for (number, group) in groups.iter().enumerate().filter(|(_, group)| group.members.len() > 1) {
        let first = &sets[group.members[0].index];
        if first.size() > 3 {
            for shingle in first.ids() {
                holders.entry(*shingle).or_default().push(number);
            }
        }
    }
    for (at, own_group) in alone {
        if groups[*own_group].members.len() > 1 {
            continue;
        }
        let mut common: HashMap<usize, usize> = HashMap::new();
        for shingle in sets[*at].ids() {
            for number in holders.get(shingle).into_iter().flatten() {
                *common.entry(*number).or_default() += 1;
            }
        }
        let share = |number: usize, count: usize| count as f64 / sets[groups[number].members[0].index].size() as f64;
        let best = common.into_iter().map(|(number, count)| (number, share(number, count))).max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        if let Some((number, share)) = best
            && share >= settings.copied_min
        {
            groups[number].longer.push(*at);
        }
    }
}

/// Finds the groups whose first text may be alike enough: two sets that share the part `t` of their union have one of the first
/// `n - ceil(t n) + 1` elements of each in common, in whatever order all sets keep. The rarest first makes the lists short.
#[derive(Default)]
struct Index {
    holders: HashMap<u32, Vec<usize>>,
    seen: Vec<usize>,
    round: usize,
}

impl Index {
    fn prefix(set: &Shingles, likeness_min: f64) -> &[u32] {
        let shared = (likeness_min * set.size() as f64).ceil() as usize;
        &set.ids()[..(set.size() - shared.clamp(1, set.size()) + 1)]
    }

    fn add(&mut self, set: &Shingles, group: usize, likeness_min: f64) {
        for shingle in Self::prefix(set, likeness_min) {
            self.holders.entry(*shingle).or_default().push(group);
        }
        self.seen.push(0);
    }

    /// Each group once, in the order of the groups.
    fn candidates(&mut self, set: &Shingles, likeness_min: f64) -> Vec<usize> {
        self.round += 1;
        let mut out = Vec::new();
        for shingle in Self::prefix(set, likeness_min) {
            for group in self.holders.get(shingle).into_iter().flatten() {
                if self.seen[*group] != self.round {
                    self.seen[*group] = self.round;
                    out.push(*group);
                }
            }
        }
        out.sort_unstable();
        out
    }
}

#[cfg(test)]
mod tests {
    use super::{Settings, group};

    const LETTER: &str = "Sehr geehrte Damen und Herren, mein Name ist NAME und ich wohne in der STREET. Ich lehne den Entwurf der Satzung ab, \
        weil die Pflicht zur Ersatzpflanzung auf kleinen Grundstücken nicht erfüllbar ist. Bitte nehmen Sie Grundstücke unter 300 Quadratmetern \
        aus und lassen Sie eine Ausgleichszahlung zu. Mit freundlichen Grüßen NAME";

    fn letter(name: &str, street: &str) -> String {
        LETTER.replace("NAME", name).replace("STREET", street)
    }

    fn members(texts: &[&str]) -> Vec<Vec<usize>> {
        group(texts, &Settings::default()).iter().map(|group| group.members.iter().map(|member| member.index).collect()).collect()
    }

    #[test]
    fn a_form_letter_with_other_names_and_streets_is_one_group() {
        let (a, b) = (letter("Ida Amsel", "Lindenallee 4"), letter("Dr. Otto von Buchenau-Weber", "Straße des Friedens 117b"));
        assert_eq!(members(&[&a, "Mehr Bänke am Markt bitte, und zwar im Schatten.", &b]), [vec![0, 2]]);
    }

    #[test]
    fn one_word_turns_the_meaning_of_a_short_text_and_keeps_it_apart() {
        assert_eq!(members(&["Die Frist von vier Wochen ist zu kurz.", "Die Frist von vier Wochen ist zu lang."]), [[0, 1]; 0]);
        assert_eq!(members(&["Bitte mehr Bäume!", "bitte mehr  bäume"]), [vec![0, 1]]);
    }

    #[test]
    fn a_text_that_copies_a_letter_and_goes_on_is_no_member_but_named() {
        let (a, b) = (letter("Ida Amsel", "Lindenallee 4"), letter("Otto Buche", "Amselweg 9"));
        let own = "Außerdem fordere ich, dass die Gemeinde die alten Alleen an der Landstraße kartiert, jedes Jahr über Fällungen berichtet, die Baumscheiben \
                   vergrößert, bei Trockenheit gießt, Baumpatenschaften fördert und im Haushalt eigene Mittel für Pflege vorsieht, denn ohne Geld bleibt \
                   jede Satzung Papier und niemand im Dorf wird sich daran halten wollen, wenn selbst die Gemeinde ihre Bäume vertrocknen lässt.";
        let longer = format!("{} {own}", letter("Ute Linde", "Am Anger 1"));
        let groups = group(&[&a, &b, &longer], &Settings::default());
        assert_eq!(groups.len(), 1);
        assert_eq!((groups[0].members.len(), &groups[0].longer), (2, &vec![2]));
    }

    #[test]
    fn texts_without_words_are_in_no_group() {
        assert_eq!(members(&["", "…", "  ", "!!"]), [[0; 0]; 0]);
    }
}
