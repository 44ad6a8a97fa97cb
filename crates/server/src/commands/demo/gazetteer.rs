//! The streets and districts of the invented town, read from its file as any town's are.

use allmende_db::{DbError, Tx};
use allmende_demo::Town;
use allmende_places::fold::key;
use allmende_places::read::read;
use allmende_places_room::store;

const NAME: &str = "orte.geojson";
const FILE: &str = include_str!("../../../../../demo/musterau/orte.geojson");

/// Loads what lies in the districts of a town, the whole file for the whole town.
///
/// # Errors
/// What the database reports.
pub(super) fn write(tx: &mut Tx<'_>, town: &Town) -> Result<(), DbError> {
    let mut places = read(FILE.as_bytes()).places;
    let districts: Vec<String> = town.districts.iter().map(|district| key(&district.name)).collect();
    places.retain(|place| districts.contains(&key(place.district.as_deref().unwrap_or(&place.name))));
    store::replace(tx, &places, NAME)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::Date;

    #[test]
    fn the_file_is_sound_and_holds_every_district_and_street_of_the_town() -> Result<(), Box<dyn std::error::Error>> {
        let (reading, town) = (read(FILE.as_bytes()), Town::load(Date::constant(2026, 6, 8))?);
        assert!(reading.problems.is_empty(), "{:?}", reading.problems);
        let known = |name: &str| reading.places.iter().any(|place| key(&place.name) == key(name));
        assert!(town.districts.iter().all(|district| known(&district.name)));
        let streets = town.places.iter().filter_map(|place| place.street.as_deref());
        let names = streets.map(|street| street.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == ' '));
        let missing: Vec<&str> = names.filter(|name| !known(name)).collect();
        assert!(missing.is_empty(), "{missing:?}");
        Ok(())
    }
}
