//! How often signing asks the allocator for memory, new or more of it.

use std::time::Duration;

use allocation_counter::measure;
use presign::s3::{GetObject, MultipartPlan, PutObject};
use presign::{Credentials, Presigner, Timestamp};

const KEY: &str = "photos/2024/summer trip.jpeg";
const LIFE: Duration = Duration::from_secs(900);

fn presigner() -> Presigner {
    Presigner::builder()
        .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY").unwrap())
        .region("eu-west-1")
        .bucket("examplebucket")
        .build()
        .unwrap()
}

fn now() -> Timestamp {
    "20240315T081530Z".parse().unwrap()
}

/// Of the second time: the first derives the key of the day, and makes room in the buffer.
fn allocations_once_warm(mut work: impl FnMut()) -> u64 {
    work();
    measure(work).count_total
}

#[test]
fn the_counter_counts() {
    let mut text = String::new();
    let count = |work: &mut dyn FnMut()| measure(work).count_total;
    assert_eq!(count(&mut || text.push('x')), 1);
    assert_eq!(count(&mut || text.push_str(&"y".repeat(1_000))), 2);
    assert_eq!(count(&mut || text.clear()), 0);
}

#[test]
fn a_url_into_a_reused_buffer_allocates_nothing() {
    let (presigner, now, mut url) = (presigner(), now(), String::new());
    let allocations = allocations_once_warm(|| {
        url.clear();
        presigner.presign_into(&mut url, GetObject::new(KEY), LIFE, now).unwrap();
    });
    assert_eq!(allocations, 0);
}

#[test]
fn a_url_with_four_headers_into_a_reused_buffer_allocates_nothing() {
    let (presigner, now, mut url) = (presigner(), now(), String::new());
    let allocations = allocations_once_warm(|| {
        url.clear();
        let put = PutObject::new(KEY)
            .content_type("image/jpeg")
            .content_length(1_048_576)
            .metadata("author", "Jane Doe")
            .metadata("album", "summer");
        presigner.presign_into(&mut url, put, LIFE, now).unwrap();
    });
    assert_eq!(allocations, 0);
}

#[test]
fn the_urls_of_a_batch_into_a_reused_buffer_allocate_nothing() {
    let (presigner, mut url) = (presigner(), String::new());
    let batch = presigner.batch_at(LIFE, now()).unwrap();
    let allocations = allocations_once_warm(|| {
        for key in [KEY, "photos/2024/winter trip.jpeg"] {
            url.clear();
            batch.presign_into(&mut url, GetObject::new(key)).unwrap();
        }
    });
    assert_eq!(allocations, 0);
}

#[test]
fn parts_into_a_reused_buffer_allocate_nothing_after_the_first() {
    let (presigner, mut url) = (presigner(), String::with_capacity(1_024));
    let plan = MultipartPlan::new(100 * (8 << 20), Some(8 << 20)).unwrap();
    let mut parts = presigner.upload_parts(KEY, "upload-id", &plan, LIFE, now());
    let mut next = || {
        url.clear();
        parts.next_into(&mut url).unwrap().unwrap();
    };
    next();
    for number in 2..=100 {
        assert_eq!(measure(&mut next).count_total, 0, "part {number}");
    }
}

#[test]
fn a_new_value_allocates_twice_at_most() {
    let presigner = presigner();
    let allocations = allocations_once_warm(|| drop(presigner.presign(GetObject::new(KEY), LIFE).unwrap()));
    assert!(allocations <= 2, "{allocations}");
}

#[cfg(feature = "post")]
#[test]
fn a_form_allocates_no_more_than_it_did() {
    use presign::s3::PostPolicy;

    let (presigner, now) = (presigner(), now());
    let allocations = allocations_once_warm(|| {
        let policy = PostPolicy::new(KEY).content_type("image/jpeg").content_length_range(1..=5_000_000);
        drop(presigner.presign_post_at(&policy, LIFE, now).unwrap());
    });
    assert!(allocations <= 8, "{allocations}");
}
