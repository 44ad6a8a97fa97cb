//! The invented town with all rooms in it.

use allmende::rooms;
use allmende_db::{Clock, schema};
use allmende_testing::on_both_engines;
use allmende_testing::town::{Assembly, TestTown};
use anyhow::Result;

/// Everything the server puts together.
pub fn assembly() -> Result<Assembly> {
    Ok(Assembly { routes: rooms::routes, texts: rooms::texts()?, navigation: rooms::navigation, desk: rooms::desk, front: rooms::front, ports: rooms::offers })
}

/// Fields of a form together with what passes its guard ([`TestTown::guarded`]).
pub fn with_guard<'f>(guard: &'f [(&'static str, String)], fields: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    guard.iter().map(|(name, value)| (*name, value.as_str())).chain(fields.iter().copied()).collect()
}

/// Runs a test in a new town on each engine.
pub fn in_town(test: impl AsyncFn(TestTown) -> Result<()>) {
    match assembly() {
        Ok(assembly) => in_town_with(assembly, test),
        Err(error) => panic!("{error:?}"),
    }
}

/// Runs a test in a new town on each engine that was put together otherwise.
pub fn in_town_with(assembly: Assembly, test: impl AsyncFn(TestTown) -> Result<()>) {
    let outcome = on_both_engines(schema::MIGRATIONS, Clock::Database, |db| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async { test(TestTown::found(db, assembly).await?).await })
    });
    if let Err(error) = outcome {
        panic!("{error:?}");
    }
}
