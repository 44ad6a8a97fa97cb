//! The doctor finds what was planted, each with its name and its weight, and is content with a healthy folder.

use allmende::config::{FILE, template};
use allmende::doctor::{Finding, Level, examine};
use allmende_db::{Clock, Db, DbError, Options, Scope, Statement, Target, migrate, schema, sql};
use allmende_platform::sites::{self, NewSite, SiteKind};
use anyhow::{Result, ensure};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

fn open(data: &Path) -> Result<Db> {
    Ok(Db::open(&Options { target: Target::Sqlite(data.join("allmende.db")), readers: 1, clock: Clock::Database })?)
}

/// A healthy folder with one site.
fn healthy(data: &Path) -> Result<()> {
    std::fs::create_dir_all(data.join("keys"))?;
    rights(data, 0o700)?;
    std::fs::write(data.join(FILE), template())?;
    rights(&data.join(FILE), 0o600)?;
    let db = open(data)?;
    migrate::run(&db, schema::MIGRATIONS)?;
    let new = NewSite {
        key: "muehlau".to_owned(),
        kind: SiteKind::Municipality,
        name: "Mühlau".to_owned(),
        base_url: "http://127.0.0.1:8080".to_owned(),
        hue: 1,
        chroma_thousandths: 1,
        time_zone: "UTC".to_owned(),
    };
    db.write_blocking::<_, DbError>(Scope::Installation, move |tx| sites::insert(tx, &new))?;
    Ok(())
}

fn rights(path: &Path, mode: u32) -> Result<()> {
    Ok(std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))?)
}

fn config(text: &'static str) -> impl Fn(&Path) -> Result<()> {
    move |data| Ok(std::fs::write(data.join(FILE), text)?)
}

fn change(statement: &'static Statement) -> impl Fn(&Path) -> Result<()> {
    move |data| {
        open(data)?.write_blocking::<_, DbError>(Scope::Installation, move |tx| tx.execute(statement, &[]))?;
        Ok(())
    }
}

/// Plants one fault in a healthy folder and looks for exactly that finding.
fn check(name: &str, level: Level, check: &str, variables: &[(&str, &str)], plant: impl Fn(&Path) -> Result<()>) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    healthy(&data)?;
    plant(&data)?;
    let variables: Vec<_> = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let findings = examine(&data, &variables);
    let is_it = |finding: &Finding| finding.check == check && finding.level == level && (level == Level::Ok || !finding.advice.is_empty());
    ensure!(findings.iter().any(is_it), "{name}: {findings:#?}");
    Ok(())
}

fn nothing(_: &Path) -> Result<()> {
    Ok(())
}

#[test]
fn a_healthy_folder_has_no_errors_and_lacks_only_mail() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    healthy(&data)?;
    let findings = examine(&data, &[("ALLMENDE_DATA".to_owned(), "x".to_owned()), ("PATH".to_owned(), "x".to_owned())]);
    let notable: Vec<_> = findings.iter().filter(|finding| finding.level != Level::Ok && finding.check != "disk").map(|finding| finding.check).collect();
    ensure!(notable == ["mail"], "{findings:#?}");
    Ok(())
}

#[test]
fn planted_settings_are_found() -> Result<()> {
    use Level::{Error, Warning};
    check("unknown key", Error, "config", &[], config("lissten = \"a\"\n"))?;
    check("wrong type", Error, "config", &[], config("readers = \"many\"\n"))?;
    check("wrong value of the environment", Error, "config", &[("ALLMENDE_READERS", "many")], nothing)?;
    check("unknown variable", Warning, "environment", &[("ALLMENDE_LISTN", "x")], nothing)?;
    check("no address", Error, "listen", &[("ALLMENDE_LISTEN", "8080")], nothing)?;
    check("proxy passed by", Error, "proxy", &[("ALLMENDE_LISTEN", "0.0.0.0:8080"), ("ALLMENDE_BEHIND_PROXY", "1")], nothing)?;
    check("timing in public", Warning, "server-timing", &[("ALLMENDE_LISTEN", "0.0.0.0:8080"), ("ALLMENDE_SERVER_TIMING", "1")], nothing)?;
    check("short token", Error, "metrics", &[("ALLMENDE_METRICS_TOKEN", "1234567890123456789")], nothing)?;
    check("database of another kind", Error, "database", &[("ALLMENDE_DATABASE", "mysql://a")], nothing)?;
    check("too many readers", Warning, "readers", &[("ALLMENDE_READERS", "65")], nothing)?;
    check("no job threads", Warning, "job-threads", &[("ALLMENDE_JOB_THREADS", "0")], nothing)?;
    check("log", Error, "log", &[("ALLMENDE_LOG", "allmende=loud")], nothing)?;
    check("no sender", Error, "mail-from", &[("ALLMENDE_MAIL_SINK", "mails")], nothing)?;
    check("sender with a name", Error, "mail-from", &[("ALLMENDE_MAIL_SINK", "mails"), ("ALLMENDE_MAIL_FROM", "Rat <a@b.example>")], nothing)?;
    check("user without password", Error, "mail-password", &[("ALLMENDE_MAIL_SINK", "mails"), ("ALLMENDE_MAIL_USER", "a")], nothing)?;
    check("sink and server", Warning, "mail-sink", &[("ALLMENDE_MAIL_SINK", "mails"), ("ALLMENDE_MAIL_HOST", "a.example")], nothing)?;
    let plain = [("ALLMENDE_MAIL_SINK", "m"), ("ALLMENDE_MAIL_HOST", "a.example"), ("ALLMENDE_MAIL_ENCRYPTION", "none")];
    check("unencrypted mail", Warning, "mail-encryption", &plain, nothing)?;
    check("unencrypted password", Error, "mail-encryption", &[&plain[..], &[("ALLMENDE_MAIL_USER", "a")]].concat(), nothing)?;
    check("timeout", Warning, "mail-timeout", &[("ALLMENDE_MAIL_SINK", "m"), ("ALLMENDE_MAIL_TIMEOUT_SECONDS", "0")], nothing)?;
    check("mail of no site", Warning, "mail-sites", &[], config("[mail]\nsink = \"m\"\nsites = { nowhere = \"a@b.example\" }\n"))?;
    check("mail address of a site", Error, "mail-sites", &[], config("[mail]\nsink = \"m\"\nsites = { muehlau = \"a\" }\n"))?;
    let away = [("ALLMENDE_MAIL_HOST", "127.0.0.1"), ("ALLMENDE_MAIL_PORT", "1"), ("ALLMENDE_MAIL_ENCRYPTION", "none")];
    check("mail server away", Error, "mail-server", &away, nothing)?;
    check("server of the database away", Error, "database", &[("ALLMENDE_DATABASE", "postgres://a@127.0.0.1:1/a")], nothing)
}

#[test]
fn planted_faults_of_folder_and_database_are_found() -> Result<()> {
    use Level::{Error, Ok as Fine, Warning};
    check("no database", Error, "database", &[], |data| Ok(std::fs::remove_file(data.join("allmende.db"))?))?;
    check("garbage", Error, "database", &[], |data| Ok(std::fs::write(data.join("allmende.db"), "garbage".repeat(1000))?))?;
    check("folder for all", Error, "folder-rights", &[], |data| rights(data, 0o777))?;
    check("folder to look into", Warning, "folder-rights", &[], |data| rights(data, 0o755))?;
    check("open secret", Error, "secrets", &[("ALLMENDE_METRICS_TOKEN", "12345678901234567890")], |data| rights(&data.join(FILE), 0o644))?;
    check("open key", Error, "secrets", &[], |data| {
        std::fs::write(data.join("keys/record.key"), "secret")?;
        rights(&data.join("keys/record.key"), 0o640)
    })?;
    check("no configuration", Warning, "config", &[], |data| Ok(std::fs::remove_file(data.join(FILE))?))?;
    let newer = sql!("INSERT INTO schema_migration (number, name, checksum, applied_at) VALUES (9999, 'x', 'x', 0)");
    check("newer schema", Error, "schema", &[], change(newer))?;
    check("other schema", Error, "schema", &[], change(sql!("UPDATE schema_migration SET checksum = 'x' WHERE number = 1")))?;
    check("older schema", Warning, "schema", &[], change(sql!("DELETE FROM schema_migration WHERE number > 1")))?;
    check("no encryption", Error, "https", &[], change(sql!("UPDATE site SET base_url = 'http://muehlau.example'")))?;
    check("proxy not said", Warning, "proxy", &[], change(sql!("UPDATE site SET base_url = 'https://muehlau.example'")))?;
    check("address of this machine", Warning, "base-url", &[("ALLMENDE_LISTEN", "0.0.0.0:1")], nothing)?;
    let missing = sql!("INSERT INTO council_file (site_id, name, stored_sha256, state, created_at, modified_at) VALUES (1, 'a', 'ab', 'public', 0, 0)");
    check("missing file", Error, "files", &[], change(missing))?;
    check("orphaned file", Warning, "files", &[], |data| {
        std::fs::create_dir_all(data.join("files/ab"))?;
        Ok(std::fs::write(data.join("files/ab").join("ab".repeat(32)), "x")?)
    })?;
    check("whole database", Fine, "integrity", &[], nothing)?;
    let folder = tempfile::tempdir()?;
    let findings = examine(&folder.path().join("nowhere"), &[]);
    ensure!(findings.len() == 1 && findings[0].check == "folder" && findings[0].level == Error);
    Ok(())
}
