//! A restored copy equals one moment of the original, on both engines and from one to the other; damage is always found.

use allmende_backup::{Manifest, restore, verify, write};
use allmende_core::Instant;
use allmende_db::dump::{self, Owned};
use allmende_db::migrate::{self, Migration};
use allmende_db::{Clock, Db, DbError, EngineKind, Options, Scope, Target, sql};
use allmende_testing::{Server, on_both_engines};
use anyhow::{Context, Result, ensure};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

const SCHEMA: &[Migration] = &[Migration {
    number: 1,
    name: "test",
    sql: "CREATE TABLE place (id IDENTITY, parent_id BIGINT REFERENCES place (id), name TEXT NOT NULL, size DOUBLE PRECISION, mark BYTEA);\n\
          CREATE TABLE first_half (id IDENTITY, number BIGINT NOT NULL, place_id BIGINT REFERENCES place (id));\n\
          CREATE TABLE second_half (number BIGINT PRIMARY KEY, first_id BIGINT NOT NULL REFERENCES first_half (id), text TEXT NOT NULL);\n",
}];

const NEWER: &[Migration] = &[SCHEMA[0], Migration { number: 2, name: "newer", sql: "ALTER TABLE place ADD COLUMN note TEXT;\n" }];

const NOW: i64 = 1_780_000_000_000;

fn run(test: impl Fn(&Db) -> Result<()>) {
    if let Err(error) = on_both_engines(SCHEMA, Clock::Fixed(Instant::from_millis(NOW)), test) {
        panic!("{error:?}");
    }
}

/// Every row of every table as text, sorted.
fn content(db: &Db) -> Result<BTreeMap<String, Vec<String>>> {
    Ok(db.read_blocking::<_, DbError>(Scope::Installation, |tx| {
        let mut all = BTreeMap::new();
        for table in dump::tables(tx)? {
            let mut rows = vec![format!("last id {:?}", dump::last_id(tx, &table)?)];
            dump::each_row::<DbError>(tx, &table, |row| {
                let cells: Result<Vec<Owned>, DbError> = (0..table.columns.len()).map(|position| Ok(row.cell(position)?.into())).collect();
                rows.push(format!("{:?}", cells?));
                Ok(())
            })?;
            rows[1..].sort();
            all.insert(table.name, rows);
        }
        Ok(all)
    })?)
}

fn fill(db: &Db) -> Result<()> {
    db.write_blocking::<_, DbError>(Scope::Installation, |tx| {
        // The parent comes after its child: restoring must not depend on the order.
        tx.execute(sql!("INSERT INTO place (id, parent_id, name) VALUES (5, NULL, 'Kreis'), (2, 5, 'Grüße \"x\" \\ ' || $1)"), &[&"\n\t\u{1}"])?;
        tx.execute(sql!("INSERT INTO place (id, name, size, mark) VALUES (7, '', $1, $2)"), &[&0.1_f64, &vec![0_u8, 255, 10]])?;
        tx.execute(sql!("UPDATE place SET parent_id = 7 WHERE id = 5"), &[])?;
        tx.execute(sql!("INSERT INTO place (id, name) VALUES (9, 'gone')"), &[])?;
        tx.execute(sql!("DELETE FROM place WHERE id = 9"), &[])?;
        if tx.engine() == EngineKind::Postgres {
            tx.find(sql!("SELECT setval(pg_get_serial_sequence('place', 'id'), 9)"), &[], |row| row.get::<i64>(0))?;
        }
        Ok(())
    })?;
    Ok(())
}

fn folder_with_files() -> Result<tempfile::TempDir> {
    let folder = tempfile::tempdir()?;
    std::fs::create_dir_all(folder.path().join("files/ab"))?;
    std::fs::create_dir_all(folder.path().join("keys"))?;
    std::fs::write(folder.path().join("files/ab/abcd"), vec![7; 100_000])?;
    std::fs::write(folder.path().join("files/ab/half.part"), "unfinished")?;
    std::fs::write(folder.path().join("keys/record.key"), "secret")?;
    std::fs::write(folder.path().join("allmende.toml"), "listen = \"127.0.0.1:1\"\n")?;
    std::fs::write(folder.path().join("allmende.db-wal"), "not ours to copy")?;
    Ok(folder)
}

/// Restores into a new database of one engine and shows it to `check`.
fn restored(file: &Path, engine: EngineKind, migrations: &'static [Migration], check: impl FnOnce(&Db, &Path) -> Result<()>) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("new");
    let server = Server::from_environment()?;
    let name = server.create()?;
    let target = match engine {
        EngineKind::Sqlite => Target::Sqlite(data.join("allmende.db")),
        EngineKind::Postgres => Target::Postgres(server.url_of(&name)),
    };
    let outcome = (|| {
        let mut opened = None;
        restore(file, &data, migrations, || {
            let db = Db::open(&Options { target, readers: 1, clock: Clock::Database })?;
            opened = Some(db.clone());
            Ok(db)
        })?;
        check(opened.as_ref().context("not opened")?, &data)
    })();
    server.remove(&name)?;
    outcome
}

#[test]
fn everything_comes_back_on_either_engine() {
    run(|db| {
        fill(db)?;
        let (data, target) = (folder_with_files()?, tempfile::tempdir()?);
        let file = target.path().join("a.tar.zst");
        let report = write(db, data.path(), &file, "0.0.1")?;
        ensure!(report.manifest.members.len() == 4, "{:?}", report.manifest.members);
        ensure!(verify(&file)?.schema_step() == 1);
        let before = content(db)?;
        for engine in [EngineKind::Sqlite, EngineKind::Postgres] {
            restored(&file, engine, SCHEMA, |copy, data| {
                ensure!(content(copy)? == before, "{engine:?}: {:?}\n{before:?}", content(copy)?);
                ensure!(std::fs::read(data.join("files/ab/abcd"))? == vec![7; 100_000]);
                ensure!(std::fs::read_to_string(data.join("keys/record.key"))? == "secret");
                ensure!(data.join("allmende.toml").exists() && !data.join("files/ab/half.part").exists() && !data.join("allmende.db-wal.copy").exists());
                if engine == EngineKind::Postgres {
                    let counted = copy.read_blocking::<_, DbError>(Scope::Installation, |tx| {
                        tx.find(sql!("SELECT CAST(reltuples AS BIGINT) FROM pg_class WHERE oid = 'place'::regclass"), &[], |row| row.get::<i64>(0))
                    })?;
                    ensure!(counted == Some(3), "the server knows how many rows came: {counted:?}");
                }
                let next = copy.write_blocking::<_, DbError>(Scope::Installation, |tx| {
                    tx.insert::<str>(sql!("INSERT INTO place (name) VALUES ('next') RETURNING id"), &[])
                })?;
                ensure!(next.get() == 10, "an id is never used again: {next}");
                let dangling = copy
                    .write_blocking::<_, DbError>(Scope::Installation, |tx| tx.execute(sql!("INSERT INTO first_half (number, place_id) VALUES (1, 999)"), &[]));
                ensure!(matches!(dangling, Err(DbError::Constraint(_))), "references are checked again: {dangling:?}");
                Ok(())
            })?;
            // An older backup is brought up to a newer program's schema.
            restored(&file, engine, NEWER, |copy, _| {
                ensure!(migrate::run(copy, NEWER)? == 0 && content(copy)?["place"].len() == 4);
                Ok(())
            })?;
        }
        Ok(())
    });
}

#[test]
fn a_copy_taken_under_writes_is_one_moment_between_begin_and_end() {
    run(|db| {
        let (stop, written) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicI64::new(0)));
        let writer = {
            let (db, stop, written) = (db.clone(), Arc::clone(&stop), Arc::clone(&written));
            std::thread::spawn(move || -> Result<(), DbError> {
                for number in 1.. {
                    if stop.load(Ordering::SeqCst) {
                        break;
                    }
                    db.write_blocking::<_, DbError>(Scope::Installation, move |tx| {
                        let first = tx.insert::<str>(sql!("INSERT INTO first_half (number) VALUES ($1) RETURNING id"), &[&number])?;
                        let text = "Zeile ".repeat(200);
                        tx.execute(sql!("INSERT INTO second_half (number, first_id, text) VALUES ($1, $2, $3)"), &[&number, &first, &text])
                    })?;
                    written.store(number, Ordering::SeqCst);
                }
                Ok(())
            })
        };
        let folder = tempfile::tempdir()?;
        let mut moments = Vec::new();
        for number in 0..4 {
            while written.load(Ordering::SeqCst) < (number + 1) * 100 {
                std::thread::yield_now();
            }
            let file = folder.path().join(format!("{number}.tar.zst"));
            let from = written.load(Ordering::SeqCst);
            write(db, folder.path(), &file, "0.0.1")?;
            moments.push((file, from, written.load(Ordering::SeqCst) + 1));
        }
        stop.store(true, Ordering::SeqCst);
        writer.join().map_err(|_| anyhow::anyhow!("the writer panicked"))??;
        for (position, (file, from, to)) in moments.iter().enumerate() {
            let engine = if position % 2 == 0 { EngineKind::Sqlite } else { EngineKind::Postgres };
            restored(file, engine, SCHEMA, |copy, _| {
                let (firsts, seconds, pairs, highest) = copy
                    .read_blocking::<_, DbError>(Scope::Installation, |tx| {
                        tx.find(
                            sql!(
                                "SELECT (SELECT COUNT(*) FROM first_half), (SELECT COUNT(*) FROM second_half), \
                                 (SELECT COUNT(*) FROM first_half f JOIN second_half s ON s.number = f.number AND s.first_id = f.id), \
                                 (SELECT MAX(number) FROM first_half)"
                            ),
                            &[],
                            |row| Ok((row.get::<i64>(0)?, row.get::<i64>(1)?, row.get::<i64>(2)?, row.get::<i64>(3)?)),
                        )
                    })?
                    .context("no row")?;
                ensure!(firsts == seconds && seconds == pairs && pairs == highest, "{firsts} {seconds} {pairs} {highest}");
                ensure!((*from..=*to).contains(&pairs), "{pairs} is not in {from}..={to}");
                Ok(())
            })?;
        }
        Ok(())
    });
}

fn small_backup(folder: &Path) -> Result<(Vec<u8>, Manifest)> {
    let db = Db::open(&Options { target: Target::Sqlite(folder.join("a.db")), readers: 1, clock: Clock::Fixed(Instant::from_millis(NOW)) })?;
    migrate::run(&db, SCHEMA)?;
    fill(&db)?;
    std::fs::create_dir_all(folder.join("data/keys"))?;
    std::fs::write(folder.join("data/keys/record.key"), "secret")?;
    let file = folder.join("a.tar.zst");
    let report = write(&db, &folder.join("data"), &file, "0.0.1")?;
    Ok((std::fs::read(file)?, report.manifest))
}

#[test]
fn a_flipped_bit_is_found_wherever_it_is_and_so_is_a_missing_end() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (bytes, _) = small_backup(folder.path())?;
    let file = folder.path().join("damaged");
    // A fixed sequence that visits the file evenly; the first and the last byte belong to it.
    let positions = (0..200).map(|step| step * (bytes.len() - 1) / 199);
    for (step, position) in positions.enumerate() {
        let mut damaged = bytes.clone();
        damaged[position] ^= 1 << (step % 8);
        std::fs::write(&file, &damaged)?;
        ensure!(verify(&file).is_err(), "byte {position} of {}", bytes.len());
    }
    for length in [0, 1, 55, 56, bytes.len() / 2, bytes.len() - 1] {
        std::fs::write(&file, &bytes[..length])?;
        ensure!(verify(&file).is_err(), "{length} bytes of {}", bytes.len());
    }
    std::fs::write(&file, [&bytes[..], b"x"].concat())?;
    ensure!(verify(&file).is_err(), "one byte more");
    std::fs::write(&file, &bytes)?;
    verify(&file)?;
    Ok(())
}

#[test]
fn a_damaged_backup_writes_nothing_and_a_full_folder_or_database_stays_as_it_is() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (mut bytes, _) = small_backup(folder.path())?;
    let file = folder.path().join("a.tar.zst");
    let never = || -> Result<Db> { anyhow::bail!("the database was opened") };
    ensure!(restore(&file, &folder.path().join("data"), SCHEMA, never).is_err_and(|error| error.to_string().contains("not empty")));
    ensure!(folder.path().join("data/keys/record.key").exists());
    ensure!(restore(&file, &folder.path().join("older"), &[], never).is_err_and(|error| error.to_string().contains("newer program")));
    ensure!(!folder.path().join("older").exists());
    let into_full = restore(&file, &folder.path().join("full"), SCHEMA, || {
        Ok(Db::open(&Options { target: Target::Sqlite(folder.path().join("a.db")), readers: 1, clock: Clock::Database })?)
    });
    ensure!(into_full.is_err_and(|error| error.to_string().contains("database is not empty")));
    ensure!(std::fs::read_dir(folder.path().join("full"))?.next().is_none(), "nothing half restored stays");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&file, &bytes)?;
    ensure!(restore(&file, &folder.path().join("new"), SCHEMA, never).is_err() && !folder.path().join("new").exists());
    Ok(())
}

#[test]
fn a_backup_is_for_its_owner_only_and_never_written_over() -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir()?;
    small_backup(folder.path())?;
    ensure!(std::fs::metadata(folder.path().join("a.tar.zst"))?.permissions().mode() & 0o777 == 0o600);
    ensure!(small_backup(folder.path()).is_err());
    Ok(())
}
