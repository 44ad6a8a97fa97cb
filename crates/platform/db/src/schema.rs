//! The product's migrations, in order. Only ever added to.

use crate::migrate::Migration;

macro_rules! migrations {
    ($($number:literal $name:literal),+ $(,)?) => {
        &[$(Migration {
            number: $number,
            name: $name,
            sql: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../migrations/", $name, ".sql")),
        }),+]
    };
}

/// Every step from an empty database to the schema of this program.
pub const MIGRATIONS: &[Migration] = migrations![
    1 "0001_platform",
    2 "0002_council",
    3 "0003_changes",
    4 "0004_places",
    5 "0005_decisions",
    6 "0006_subscriptions",
    7 "0007_decisions_late",
    8 "0008_dialogue",
    9 "0009_residents",
    10 "0010_undertakings",
    11 "0011_moderation",
    12 "0012_care",
    13 "0013_audience",
    14 "0014_sign_in",
    15 "0015_idea_pictures",
    16 "0016_claims",
    17 "0017_leaner_indexes",
];
