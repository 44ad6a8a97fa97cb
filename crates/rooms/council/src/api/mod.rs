//! OParl 1.1 out: the system, its bodies, every object under its own address, and the external lists.
//!
//! What may be seen is decided in [`crate::store::oparl`]; this module knows addresses, answers and errors. Source: OParl 1.1,
//! chapter 2. Start with [`routes`], then [`address`].

mod address;
mod answer;
mod objects;

use crate::store::oparl::Filter;
use address::Addresses;
use allmende_core::Instant;
use allmende_db::Tx;
use allmende_oparl::{Encoding, Kind, ListQuery, Object, System, VERSION_1_1};
use allmende_platform::web::{Policy, Routes};
use allmende_platform::{App, AppError, Ctx, limits};
use answer::Problem;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use objects::{List, add_extras, load};

/// The routes of the interface. Everybody may read them, from every web page.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/oparl/v1.1/system", Policy::Open, system)
        .get("/oparl/v1.1/bodies", Policy::Open, bodies)
        .get("/oparl/v1.1/{kind}/{id}", Policy::Open, object)
        .get("/oparl/v1.1/{kind}/{id}/{list}", Policy::Open, list_of)
        .get("/oparl", Policy::Open, entrance)
        .get("/oparl/{*rest}", Policy::Open, nothing)
}

/// The way in for those who know only the host.
async fn entrance(ctx: Ctx) -> axum::response::Redirect {
    axum::response::Redirect::to(&Addresses::of(&ctx).system())
}

async fn nothing(ctx: Ctx) -> Response {
    Problem::NotFound.answer(&ctx)
}

async fn system(ctx: Ctx, headers: HeaderMap) -> Response {
    let addresses = Addresses::of(&ctx);
    let mut system = System {
        oparl_version: Some(VERSION_1_1.to_owned()),
        name: Some(ctx.site.name.clone()),
        website: Some(ctx.site.base_url.clone()),
        body: Some(addresses.bodies()),
        ..System::default()
    };
    system.common.id = addresses.system();
    system.common.created = Some(ctx.site.changed_at.timestamp());
    system.common.modified = Some(ctx.site.changed_at.timestamp());
    answer::object(&headers, &Object::from(system), &encoding(&ctx, &ListQuery::default()))
}

async fn bodies(State(app): State<App>, ctx: Ctx, headers: HeaderMap) -> Response {
    let list = List { kind: Kind::Body, owner: None, address: Addresses::of(&ctx).bodies() };
    page_of(&app, &ctx, &headers, list).await
}

/// Any object. A withdrawn one stays to be had as a tombstone.
async fn object(State(app): State<App>, ctx: Ctx, headers: HeaderMap, Path((kind, id)): Path<(String, String)>) -> Response {
    let (Some(kind), Ok(id)) = (address::kind_of(&kind), id.parse::<i64>()) else { return Problem::NotFound.answer(&ctx) };
    let addresses = Addresses::of(&ctx);
    let extras = app.parts.ports.extras.clone();
    let read = move |tx: &mut Tx<'_>| {
        let mut objects = load(tx, &addresses, kind, &[id])?;
        add_extras(tx, &addresses, &extras, &mut objects)?;
        Ok::<_, AppError>(objects.pop())
    };
    let found = app.read(&ctx, read).await;
    match found {
        Ok(Some(object)) => answer::object(&headers, &object, &encoding(&ctx, &ListQuery::parse(&ctx.query).unwrap_or_default())),
        Ok(None) => Problem::NotFound.answer(&ctx),
        Err(error) => Problem::from(error).answer(&ctx),
    }
}

async fn list_of(State(app): State<App>, ctx: Ctx, headers: HeaderMap, Path((owner, id, list)): Path<(String, String, String)>) -> Response {
    let (Some(owner), Ok(id), Some(kind)) = (address::kind_of(&owner), id.parse::<i64>(), address::listed_kind(&list)) else {
        return Problem::NotFound.answer(&ctx);
    };
    let has = owner == Kind::Body || (owner == Kind::Organization && matches!(kind, Kind::Meeting | Kind::Consultation));
    if !has || kind == Kind::Body {
        return Problem::NotFound.answer(&ctx);
    }
    let address = Addresses::of(&ctx).list(owner, id, kind);
    page_of(&app, &ctx, &headers, List { kind, owner: Some((owner, id)), address }).await
}

async fn page_of(app: &App, ctx: &Ctx, headers: &HeaderMap, list: List) -> Response {
    let query = match ListQuery::parse(&ctx.query) {
        Ok(query) => query,
        Err(bad) => return Problem::Parameter(bad.to_string()).answer(ctx),
    };
    let limit = query.limit.map_or(limits::INTERFACE_ROWS, i64::from).clamp(1, limits::INTERFACE_ROWS_MAX);
    let page = i64::try_from(query.page.unwrap_or(1)).unwrap_or(i64::MAX).max(1);
    let (addresses, filter, chosen, extras) = (Addresses::of(ctx), filter(&query, &list), list.clone(), app.parts.ports.extras.clone());
    let read = move |tx: &mut Tx<'_>| {
        let mut page = read_page(tx, &addresses, &chosen, &filter, limit, page)?;
        if let Some((_, objects)) = &mut page {
            add_extras(tx, &addresses, &extras, objects)?;
        }
        Ok::<_, AppError>(page)
    };
    let found = app.read(ctx, read).await;
    match found {
        Ok(Some((total, objects))) => {
            let query = ListQuery { limit: query.limit.map(|_| u32::try_from(limit).unwrap_or(1)), ..query };
            answer::page(headers, &list.address, &query, u64::try_from(limit).unwrap_or(1), total, &objects, &encoding(ctx, &query))
        }
        Ok(None) => Problem::NotFound.answer(ctx),
        Err(error) => Problem::from(error).answer(ctx),
    }
}

/// Objects of a page with the number of all; nothing if the list's owner is not to be seen.
type Page = Option<(u64, Vec<Object>)>;

fn read_page(tx: &mut Tx<'_>, addresses: &Addresses, list: &List, filter: &Filter, limit: i64, page: i64) -> Result<Page, AppError> {
    if let Some((owner, id)) = list.owner
        && load(tx, addresses, owner, &[id])?.pop().is_none_or(|owner| owner.common().deleted)
    {
        return Ok(None);
    }
    let total = crate::store::oparl::count(tx, list.kind, filter)?;
    let ids = crate::store::oparl::ids(tx, list.kind, filter, limit, (page - 1).saturating_mul(limit))?;
    Ok(Some((u64::try_from(total).unwrap_or(0), load(tx, addresses, list.kind, &ids)?)))
}

fn filter(query: &ListQuery, list: &List) -> Filter {
    let all = Filter::default();
    let millis = |instant: Option<jiff::Timestamp>, otherwise: i64| instant.map_or(otherwise, |instant| Instant::from(instant).millis());
    Filter {
        created_since: millis(query.created_since, all.created_since),
        // Instants are asked for in whole seconds and kept in milliseconds.
        created_until: millis(query.created_until, all.created_until).saturating_add(999),
        modified_since: millis(query.modified_since, all.modified_since),
        modified_until: millis(query.modified_until, all.modified_until).saturating_add(999),
        withdrawn: query.modified_since.is_some(),
        body_id: list.owner.and_then(|(owner, id)| (owner == Kind::Body).then_some(id)),
        organization_id: list.owner.and_then(|(owner, id)| (owner == Kind::Organization).then_some(id)),
    }
}

fn encoding(ctx: &Ctx, query: &ListQuery) -> Encoding {
    Encoding { omit_internal: query.omit_internal, ..Encoding::strict(ctx.site.zone.clone()) }
}
