//! Requests of increasing size.

use std::hint::black_box;

use presign::s3::GetObject;

use super::Row;
use super::floor::floor;
use super::task::{KEY, LIFE, PRESIGNER, now};
use super::work::Work;

/// The same work for requests of several sizes.
pub struct Growth {
    pub unit: &'static str,
    /// Ascending.
    pub rows: Vec<(u32, Row)>,
}

const COUNTS: [u32; 6] = [0, 10, 20, 30, 40, 50];

pub fn growths() -> [Growth; 3] {
    [
        growth("key, bytes", [16, 64, 256, 1_024], |size| {
            let key: String = KEY.chars().cycle().take(size as usize).collect();
            move |build: &mut dyn FnMut(GetObject<'_>)| build(GetObject::new(black_box(&*key)))
        }),
        growth("headers", COUNTS, |size| {
            let headers = pairs("x-amz-meta-", size);
            move |build: &mut dyn FnMut(GetObject<'_>)| {
                let get = GetObject::new(black_box(KEY));
                build(headers.iter().fold(get, |get, (name, value)| get.header(&**name, &**value)));
            }
        }),
        growth("query parameters", COUNTS, |size| {
            let parameters = pairs("parameter-", size);
            move |build: &mut dyn FnMut(GetObject<'_>)| {
                let get = GetObject::new(black_box(KEY));
                build(parameters.iter().fold(get, |get, (name, value)| get.query(&**name, &**value)));
            }
        }),
    ]
}

/// Returns work that builds the operation and signs it into a reused buffer.
fn growth<B: Fn(&mut dyn FnMut(GetObject<'_>)) + 'static>(
    unit: &'static str,
    sizes: impl IntoIterator<Item = u32>,
    of_size: impl Fn(u32) -> B,
) -> Growth {
    let row = |size| {
        let build = of_size(size);
        let mut floor_of_size = None;
        build(&mut |get| floor_of_size = Some(floor(get)));
        let now = now();
        let work = Work::reusing_a_buffer(move |url| {
            build(&mut |get| {
                PRESIGNER.presign_into_at(url, get, LIFE, black_box(now)).expect("valid");
            });
        });
        Row {
            name: format!("{unit}, {size}"),
            work,
            floor_name: format!("{unit}, {size}"),
            floor: floor_of_size.expect("built"),
            goal: None,
        }
    };
    Growth { unit, rows: sizes.into_iter().map(|size| (size, row(size))).collect() }
}

/// Returns `count` names and values, the names in neither ascending nor descending order.
fn pairs(prefix: &str, count: u32) -> Vec<(String, String)> {
    (0..count).map(|index| (format!("{prefix}{:02}", index * 37 % 101), format!("value {index:02}"))).collect()
}
