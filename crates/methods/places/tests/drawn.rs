//! Drawings from strangers: no text makes the reader fail, and what it accepts is within its limits and is written as it was read.

use allmende_places::drawn::{CORNERS_MAX, Drawn, Shape};
use proptest::prelude::*;

fn accepted(drawn: &Drawn) {
    assert_eq!(Drawn::parse(&drawn.json().to_string()).as_ref(), Ok(drawn));
    let points: Vec<_> = drawn.points().collect();
    let least = match drawn.shape() {
        Shape::Point => 1,
        Shape::Line => 2,
        Shape::Area => 3,
    };
    assert!((least..=CORNERS_MAX).contains(&points.len()));
    assert!(points.iter().all(|point| point.longitude.abs() <= 180.0 && point.latitude.abs() <= 90.0));
    assert!(points.windows(2).all(|pair| pair[0] != pair[1]));
    let pin = drawn.pin();
    assert!(pin.longitude.is_finite() && pin.latitude.is_finite());
}

fn position() -> impl Strategy<Value = serde_json::Value> {
    // Beyond the earth too, and often the same one again.
    let number = prop_oneof![-200.0..200.0f64, Just(7.0), Just(7.000_000_4), Just(54.0)];
    prop::collection::vec(number, 1..4).prop_map(|numbers| serde_json::json!(numbers))
}

fn geometry() -> impl Strategy<Value = String> {
    let path = || prop::collection::vec(position(), 0..8);
    let closed = path().prop_map(|mut ring| {
        ring.extend(ring.first().cloned());
        serde_json::json!([ring])
    });
    let coordinates = prop_oneof![position(), path().prop_map(serde_json::Value::Array), closed];
    let kind = prop_oneof![Just("Point"), Just("LineString"), Just("Polygon"), Just("MultiPoint")];
    (kind, coordinates).prop_map(|(kind, coordinates)| serde_json::json!({ "type": kind, "coordinates": coordinates }).to_string())
}

/// An outline around a middle: such a star never crosses itself.
fn star() -> impl Strategy<Value = String> {
    prop::collection::vec(0.1..1.0f64, 3..=CORNERS_MAX).prop_map(|distances| {
        let step = std::f64::consts::TAU / f64::from(u32::try_from(distances.len()).unwrap_or(1));
        let corner = |(at, distance): (usize, &f64)| {
            let angle = step * f64::from(u32::try_from(at).unwrap_or(0));
            [7.0 + distance * angle.cos(), 54.0 + distance * angle.sin()]
        };
        let mut ring: Vec<[f64; 2]> = distances.iter().enumerate().map(corner).collect();
        ring.push(ring[0]);
        serde_json::json!({ "type": "Polygon", "coordinates": [ring] }).to_string()
    })
}

proptest! {
    #[test]
    fn no_text_makes_it_fail(text in any::<String>()) {
        if let Ok(drawn) = Drawn::parse(&text) {
            accepted(&drawn);
        }
    }

    #[test]
    fn what_is_accepted_is_within_its_limits_and_written_as_it_was_read(text in geometry()) {
        if let Ok(drawn) = Drawn::parse(&text) {
            accepted(&drawn);
        }
    }

    #[test]
    fn an_area_that_does_not_cross_itself_is_accepted(text in star()) {
        let drawn = Drawn::parse(&text);
        prop_assert!(drawn.is_ok(), "{:?}", drawn);
        drawn.iter().for_each(accepted);
    }
}
