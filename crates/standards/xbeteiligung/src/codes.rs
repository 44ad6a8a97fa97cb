//! Code lists of XBeteiligung 1.2, as far as the weighing needs them. Source: the standard's lists, version 1.0 of each.

/// What the weighing proposes. List `abwaegungsvorschlag`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Weighing {
    /// 1000: the statement is followed.
    Followed,
    /// 2000: it was followed already.
    AlreadyFollowed,
    /// 3000: it is not followed.
    NotFollowed,
    /// 4000: a working group deals with it.
    WorkingGroup,
    /// 5000: it is noted.
    Noted,
}

impl Weighing {
    /// All, in the order of their codes.
    pub const ALL: [Self; 5] = [Self::Followed, Self::AlreadyFollowed, Self::NotFollowed, Self::WorkingGroup, Self::Noted];

    /// The code.
    #[must_use]
    pub const fn code(self) -> u16 {
        match self {
            Self::Followed => 1000,
            Self::AlreadyFollowed => 2000,
            Self::NotFollowed => 3000,
            Self::WorkingGroup => 4000,
            Self::Noted => 5000,
        }
    }

    /// The proposal of a code.
    #[must_use]
    pub fn of(code: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|own| i64::from(own.code()) == code)
    }

    /// The name in the list.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Followed => "Der Stellungnahme wird gefolgt.",
            Self::AlreadyFollowed => "Der Stellungnahme wurde bereits gefolgt.",
            Self::NotFollowed => "Der Stellungnahme wird nicht gefolgt.",
            Self::WorkingGroup => "Die Stellungnahme wird im Arbeitskreis behandelt.",
            Self::Noted => "Die Stellungnahme wird zur Kenntnis genommen.",
        }
    }
}

/// Where a statement stands. List `statusderstellungnahme`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// 1000: new.
    New,
    /// 2000: being dealt with.
    InProgress,
    /// 3000: dealt with.
    Done,
    /// 4000: its author was told the result.
    Told,
}

impl Status {
    /// All, in the order of their codes.
    pub const ALL: [Self; 4] = [Self::New, Self::InProgress, Self::Done, Self::Told];

    /// The code.
    #[must_use]
    pub const fn code(self) -> u16 {
        match self {
            Self::New => 1000,
            Self::InProgress => 2000,
            Self::Done => 3000,
            Self::Told => 4000,
        }
    }
}

/// Whether the author is named. List `artderstellungnahme`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 1000: without a name.
    Anonymous,
    /// 2000: under a name.
    Named,
    /// 9999: otherwise.
    Other,
}

impl Kind {
    /// The code.
    #[must_use]
    pub const fn code(self) -> u16 {
        match self {
            Self::Anonymous => 1000,
            Self::Named => 2000,
            Self::Other => 9999,
        }
    }
}

/// How the author is answered. List `artderrueckmeldung`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// 1000: by mail.
    Mail,
    /// 2000: by post.
    Post,
}

impl Reply {
    /// The code.
    #[must_use]
    pub const fn code(self) -> u16 {
        match self {
            Self::Mail => 1000,
            Self::Post => 2000,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Reply, Status, Weighing};
    use std::collections::BTreeMap;

    #[test]
    fn a_code_is_one_proposal_and_nothing_between() {
        for weighing in Weighing::ALL {
            assert_eq!(Weighing::of(i64::from(weighing.code())), Some(weighing));
        }
        assert_eq!([0, 1500, 6000, -1000].map(Weighing::of), [None; 4]);
    }

    #[test]
    fn codes_and_names_are_those_of_the_lists() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../../shared/requirements/xbeteiligung_1_2_codes.csv");
        let Ok(table) = std::fs::read_to_string(path) else {
            println!("skipped: ../shared is not here");
            return;
        };
        let mut lists: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
        for line in table.lines().skip(1) {
            let mut cells = line.splitn(3, ',');
            if let (Some(list), Some(code), Some(name)) = (cells.next(), cells.next(), cells.next()) {
                lists.entry(list).or_default().push((code, name));
            }
        }
        let own: Vec<(String, &str)> = Weighing::ALL.iter().map(|own| (own.code().to_string(), own.name())).collect();
        assert_eq!(own.iter().map(|(code, name)| (code.as_str(), *name)).collect::<Vec<_>>(), lists["abwaegungsvorschlag"]);
        let codes = |list: &str| lists[list].iter().map(|(code, _)| (*code).to_owned()).collect::<Vec<_>>();
        assert_eq!(Status::ALL.map(|own| own.code().to_string()).to_vec(), codes("statusderstellungnahme"));
        assert_eq!([Kind::Anonymous, Kind::Named, Kind::Other].map(|own| own.code().to_string()).to_vec(), codes("artderstellungnahme"));
        assert_eq!([Reply::Mail, Reply::Post].map(|own| own.code().to_string()).to_vec(), codes("artderrueckmeldung"));
    }
}
