//! The account itself, among what is kept of people: given out with its roles and ways in, taken away with its links.

use super::delete;
use allmende_platform::own_rows;
use allmende_platform::personal::{Fate, Personal};

/// The account. It comes last of all that is erased: others name it.
pub const PERSONAL: Personal = Personal {
    fates: |_, _| Ok(vec![Fate::goes("farewell-goes-account"), Fate::goes("farewell-goes-roles")]),
    export: |tx, person| {
        Ok(vec![
            own_rows!(tx, "person", ["id", "email", "public_name", "language", "created_at", "blocked_at"], "WHERE id = $1", &[&person])?,
            own_rows!(
                tx,
                "person_role",
                ["site_id", "person_id", "role", "granted_at"],
                "WHERE person_id = $1 AND site_id = site_id ORDER BY site_id, role",
                &[&person]
            )?,
            own_rows!(
                tx,
                "person_identity",
                ["id", "person_id", "issuer", "subject", "label", "linked_at", "used_at"],
                "WHERE person_id = $1 ORDER BY id",
                &[&person]
            )?,
            own_rows!(
                tx,
                "passkey",
                ["id", "site_id", "person_id", "credential", "public_key", "counter", "name", "created_at", "used_at"],
                "WHERE person_id = $1 AND site_id = site_id ORDER BY id",
                &[&person]
            )?,
        ])
    },
    erase: delete,
    ..Personal::NOTHING
};
