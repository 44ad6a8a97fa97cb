//! What becomes of uploaded pictures, and what is refused. The files are made here, by hand where no encoder would make them.

#![cfg(test)]

use allmende_platform::pictures::{LARGE_EDGE, PICTURE_BYTES_MAX, Picture, SMALL_EDGE, prepare};
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use std::io::Cursor;

/// A picture with a red upper left quarter on white.
fn points(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| if x < width / 2 && y < height / 2 { Rgb([220, 20, 20]) } else { Rgb([255, 255, 255]) })
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    picture.write_to(&mut Cursor::new(&mut bytes), format).expect("encodes");
    bytes
}

fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 90).encode_image(&points(width, height)).expect("encodes");
    bytes
}

/// The JPEG with EXIF data behind its beginning: the orientation, a place in the north, and a name.
fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut tiff = b"MM\0\x2a\0\0\0\x08".to_vec();
    // Two entries: orientation (0x0112, SHORT) and the address of the GPS data (0x8825, LONG).
    tiff.extend([0, 2, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38, 0, 0, 0, 0]);
    // GPSLatitudeRef (0x0001, ASCII) = N
    tiff.extend([0, 1, 0, 1, 0, 2, 0, 0, 0, 2, b'N', 0, 0, 0, 0, 0, 0, 0]);
    tiff.extend(b"KANARI-gps 49.0069 8.4037 Ida Muster");
    let mut segment = b"Exif\0\0".to_vec();
    segment.extend(tiff);
    let length = u16::try_from(segment.len() + 2).expect("short").to_be_bytes();
    let mut out = jpeg[..2].to_vec();
    out.extend([0xff, 0xe1, length[0], length[1]]);
    out.extend(segment);
    out.extend(&jpeg[2..]);
    out
}

fn refused(bytes: &[u8]) -> &'static str {
    prepare(bytes).err().map_or("taken", |refusal| refusal.key)
}

fn holds(picture: &Picture, canary: &[u8]) -> bool {
    let files = [Some(&picture.large), picture.small.as_ref()];
    files.into_iter().flatten().any(|file| file.bytes.windows(canary.len()).any(|window| window == canary))
}

/// Where the red quarter lies: left and above are true.
fn red_quarter(picture: &Picture) -> (bool, bool) {
    let shown = image::load_from_memory(&picture.large.bytes).expect("reads").to_rgb8();
    let red = |x: u32, y: u32| shown.get_pixel(x, y).0[1] < 120;
    let (right, below) = (shown.width() - 3, shown.height() - 3);
    let corners = [(2, 2, (true, true)), (right, 2, (false, true)), (2, below, (true, false)), (right, below, (false, false))];
    let found: Vec<_> = corners.into_iter().filter(|(x, y, _)| red(*x, *y)).map(|(_, _, place)| place).collect();
    assert_eq!(found.len(), 1, "one corner is red");
    found[0]
}

#[test]
fn nothing_but_the_points_is_kept() {
    let picture = prepare(&with_exif(&jpeg(64, 32), 1)).expect("a picture");
    for canary in [b"KANARI".as_slice(), b"Exif", b"Ida Muster", b"8.4037"] {
        assert!(!holds(&picture, canary), "{}", String::from_utf8_lossy(canary));
    }
    assert_eq!((picture.large.media_type, picture.large.width, picture.large.height, picture.small), ("image/jpeg", 64, 32, None));
}

#[test]
fn a_picture_is_turned_as_the_camera_said() {
    let check = |orientation: u8, size: (u32, u32), corner: (bool, bool)| {
        let picture = prepare(&with_exif(&jpeg(64, 32), orientation)).expect("a picture");
        assert_eq!((picture.large.width, picture.large.height), size, "{orientation}");
        assert_eq!(red_quarter(&picture), corner, "{orientation}");
    };
    check(1, (64, 32), (true, true));
    check(2, (64, 32), (false, true));
    check(3, (64, 32), (false, false));
    check(4, (64, 32), (true, false));
    check(6, (32, 64), (false, true));
    check(8, (32, 64), (true, false));
}

#[test]
fn there_are_at_most_two_sizes() {
    let check = |width: u32, height: u32, large: (u32, u32), small: Option<(u32, u32)>| {
        let picture = prepare(&jpeg(width, height)).expect("a picture");
        assert_eq!((picture.large.width, picture.large.height), large);
        assert_eq!(picture.small.map(|file| (file.width, file.height)), small);
    };
    check(SMALL_EDGE, 100, (SMALL_EDGE, 100), None);
    check(SMALL_EDGE + 1, 100, (SMALL_EDGE + 1, 100), Some((480, 100)));
    check(LARGE_EDGE * 2, 1_000, (LARGE_EDGE, 500), Some((480, 150)));
    check(100, LARGE_EDGE * 2, (50, LARGE_EDGE), Some((15, 480)));
}

#[test]
fn png_and_webp_are_taken_and_stay_transparent_only_where_they_are() {
    let opaque = DynamicImage::ImageRgb8(points(40, 40));
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        assert_eq!(prepare(&encoded(&opaque, format)).expect("a picture").large.media_type, "image/jpeg");
    }
    let glass = DynamicImage::ImageRgba8(RgbaImage::from_pixel(40, 40, Rgba([0, 0, 0, 100])));
    assert_eq!(prepare(&encoded(&glass, ImageFormat::Png)).expect("a picture").large.media_type, "image/png");
}

#[test]
fn what_is_cut_off_or_broken_is_refused() {
    let picture = DynamicImage::ImageRgb8(points(300, 300));
    for (name, bytes) in [("jpeg", with_exif(&jpeg(300, 300), 1)), ("png", encoded(&picture, ImageFormat::Png)), ("webp", encoded(&picture, ImageFormat::WebP))]
    {
        for part in [bytes.len() / 4, bytes.len() / 2, bytes.len() * 9 / 10] {
            assert_eq!(refused(&bytes[..part]), "picture-broken", "{name} {part} of {}", bytes.len());
        }
    }
    assert_eq!(refused(b"\xff\xd8\xff"), "picture-broken");
    assert_eq!(refused(b"\x89PNG\r\n\x1a\n"), "picture-broken");
}

#[test]
fn few_bytes_that_claim_many_points_are_refused_before_they_are_decoded() {
    // A sound head and a picture of 60,000 by 60,000 points that is not there.
    let mut head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    head.extend([0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60, 8, 2, 0, 0, 0]);
    let sum = crc(&head[12..]);
    head.extend(sum.to_be_bytes());
    head.extend(b"\0\0\0\x0aIDAT\x78\x9c\x63\x60\0\0\0\x02\0\x01\0\0\0\0\0\0\0\0IEND\xae\x42\x60\x82");
    assert_eq!(refused(&head), "picture-too-many-points");
    // Within the edges, beyond the points: 8,000 by 6,251.
    let mut wide = jpeg(16, 16);
    let at = wide.windows(2).position(|pair| pair == [0xff, 0xc0]).expect("a frame");
    wide[at + 5..at + 9].copy_from_slice(&[0x18, 0x6b, 0x1f, 0x40]);
    assert_eq!(refused(&wide), "picture-too-many-points");
    assert_eq!(refused(&vec![0xff; PICTURE_BYTES_MAX + 1]), "picture-too-large");
}

/// The checksum of a piece of PNG.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 }))
}

#[test]
fn what_is_two_things_at_once_is_only_a_picture_afterwards() {
    let script = b"<html><script>alert('KANARI')</script>";
    let mut behind = jpeg(20, 20);
    behind.extend(script);
    let mut inside = jpeg(20, 20)[..2].to_vec();
    inside.extend([0xff, 0xfe, 0, u8::try_from(script.len() + 2).expect("short")]);
    inside.extend(script);
    inside.extend(&jpeg(20, 20)[2..]);
    for bytes in [behind, inside] {
        assert!(!holds(&prepare(&bytes).expect("a picture"), b"KANARI"));
    }
}

#[test]
fn anything_else_is_refused_whatever_its_name() {
    let gif = b"GIF89a\x01\0\x01\0\0\0\0;".as_slice();
    for bytes in [
        b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>".as_slice(),
        b"<?xml version=\"1.0\"?><svg/>",
        b"<html>",
        b"%PDF-1.7",
        gif,
        b"BM",
        b"",
        b"\0",
        b"II*\0",
    ] {
        assert_eq!(refused(bytes), "picture-kind", "{}", String::from_utf8_lossy(bytes));
    }
}
