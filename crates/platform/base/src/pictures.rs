//! Pictures from outside: taken apart within limits and made anew, so that nothing but the points of the picture is kept.
//!
//! Place, time, camera, previews and whatever else lies in or behind a file stay out, because the file itself is never kept: the
//! points are decoded, turned as the camera said, and encoded again in one or two sizes. What is no JPEG, PNG or WebP by its first
//! bytes is refused, whatever its name says. Works with the processor, so call it on a thread that may wait. Start with [`prepare`].

use allmende_core::Refusal;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageFormat, ImageReader, Limits};
use std::io::Cursor;

/// Bytes of a picture that is taken in.
pub const PICTURE_BYTES_MAX: usize = 15 * 1024 * 1024;
/// Points of a picture that is taken in: width times height.
pub const PICTURE_POINTS_MAX: u64 = 50_000_000;
/// Points along the longer edge of the size for reading.
pub const LARGE_EDGE: u32 = 1_600;
/// Points along the longer edge of the size for lists.
pub const SMALL_EDGE: u32 = 480;
/// Points along one edge of a picture that is taken in.
const EDGE_MAX: u32 = 20_000;
/// Bytes that decoding may take: the points with four channels, and as much again for the decoder.
const MEMORY_BYTES_MAX: u64 = 512 * 1024 * 1024;
const JPEG_QUALITY: u8 = 82;

/// A picture as it is kept and shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendition {
    /// The file.
    pub bytes: Vec<u8>,
    /// `image/jpeg`, or `image/png` for a picture one can see through.
    pub media_type: &'static str,
    /// Points from left to right.
    pub width: u32,
    /// Points from top to bottom.
    pub height: u32,
}

/// What becomes of an uploaded picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// For reading: at most [`LARGE_EDGE`] points along an edge.
    pub large: Rendition,
    /// For lists: at most [`SMALL_EDGE`] points along an edge; nothing if the large one is no larger.
    pub small: Option<Rendition>,
}

/// Makes an uploaded picture anew.
///
/// # Errors
/// `picture-too-large` beyond [`PICTURE_BYTES_MAX`], `picture-kind` for anything but JPEG, PNG and WebP, `picture-too-many-points`
/// beyond [`PICTURE_POINTS_MAX`], `picture-broken` for a file that ends too early or cannot be read.
pub fn prepare(bytes: &[u8]) -> Result<Picture, Refusal> {
    if bytes.len() > PICTURE_BYTES_MAX {
        return Err(Refusal::new("picture-too-large"));
    }
    let format = match image::guess_format(bytes) {
        Ok(format @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) => format,
        _ => return Err(Refusal::new("picture-kind")),
    };
    // A JPEG that was cut off is shown grey below the cut by most programs; here it is refused.
    if format == ImageFormat::Jpeg && !ends_as_jpeg(bytes) {
        return Err(Refusal::new("picture-broken"));
    }
    let picture = decode(bytes, format)?;
    let large = rendition(&fitted(&picture, LARGE_EDGE))?;
    let small = if large.width.max(large.height) > SMALL_EDGE { Some(rendition(&fitted(&picture, SMALL_EDGE))?) } else { None };
    Ok(Picture { large, small })
}

fn decode(bytes: &[u8], format: ImageFormat) -> Result<DynamicImage, Refusal> {
    let broken = |_| Refusal::new("picture-broken");
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(EDGE_MAX);
    limits.max_image_height = Some(EDGE_MAX);
    limits.max_alloc = Some(MEMORY_BYTES_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| match error {
        image::ImageError::Limits(_) => Refusal::new("picture-too-many-points"),
        _ => Refusal::new("picture-broken"),
    })?;
    // Asked before a point is decoded: a few bytes can claim a thousand million points.
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PICTURE_POINTS_MAX || width > EDGE_MAX || height > EDGE_MAX {
        return Err(Refusal::new("picture-too-many-points"));
    }
    if width == 0 || height == 0 {
        return Err(Refusal::new("picture-broken"));
    }
    let turn = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(broken)?;
    picture.apply_orientation(turn);
    Ok(picture)
}

fn fitted(picture: &DynamicImage, edge: u32) -> DynamicImage {
    if picture.width().max(picture.height()) <= edge { picture.clone() } else { picture.resize(edge, edge, FilterType::Triangle) }
}

fn rendition(picture: &DynamicImage) -> Result<Rendition, Refusal> {
    let broken = |_| Refusal::new("picture-broken");
    let (width, height) = (picture.width(), picture.height());
    let mut bytes = Vec::new();
    let rgba = picture.color().has_alpha().then(|| picture.to_rgba8()).filter(|points| points.pixels().any(|point| point.0[3] < 255));
    let media_type = match rgba {
        Some(points) => {
            PngEncoder::new(&mut bytes).write_image(points.as_raw(), width, height, ExtendedColorType::Rgba8).map_err(broken)?;
            "image/png"
        }
        None => {
            let points = picture.to_rgb8();
            JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY).write_image(points.as_raw(), width, height, ExtendedColorType::Rgb8).map_err(broken)?;
            "image/jpeg"
        }
    };
    Ok(Rendition { bytes, media_type, width, height })
}

/// Whether the end of the picture stands behind its scan; previews inside the head have ends of their own.
fn ends_as_jpeg(bytes: &[u8]) -> bool {
    let mut at = 2;
    loop {
        let Some([0xff, marker]) = bytes.get(at..at + 2) else { return false };
        match marker {
            // Fill bytes and markers without a length.
            0xff => at += 1,
            0x01 | 0xd0..=0xd8 => at += 2,
            0xda => return bytes.get(at..).is_some_and(|scan| scan.windows(2).any(|pair| pair == [0xff, 0xd9])),
            _ => {
                let Some([high, low]) = bytes.get(at + 2..at + 4) else { return false };
                at += 2 + usize::from(*high) * 256 + usize::from(*low);
            }
        }
    }
}
