//! `presign parts`.

use std::process::Stdio;
use std::time::Duration;

use presign::s3::{MultipartPlan, UploadPart};
use serde_json::{Value, json};

use crate::support::{AT, END, KEYS, at, command, library, presign};

const HOUR: Duration = Duration::from_secs(3_600);
const SIZE: &str = "parts s3://user-media/v.mp4 --upload-id VX/B --size 20MB";

/// Number, first byte, length and URL, as the library has them.
fn planned(size: u64, part_size: Option<u64>, expires: Duration) -> Vec<(u32, u64, u64, String)> {
    let plan = part_size
        .map_or_else(|| MultipartPlan::new(size), |part_size| MultipartPlan::with_part_size(size, part_size))
        .unwrap();
    let media = library("user-media");
    let parts = media.upload_parts_at("v.mp4", "VX/B", &plan, expires, at());
    parts
        .map(|item| {
            let (part, signed) = item.unwrap();
            (part.part_number(), part.offset(), part.content_length(), signed.into_url())
        })
        .collect()
}

#[test]
fn a_line_for_each_part() {
    let lines = |parts: &[(u32, u64, u64, String)]| {
        parts.iter().map(|(number, _, _, url)| format!("{number}\t{url}\n")).collect::<Vec<_>>().concat()
    };
    let three = planned(20_000_000, None, HOUR);
    assert_eq!(three.len(), 3);
    assert_eq!(presign(&format!("{SIZE} --expires 1h --at {AT}")).ok(), lines(&three));
    let two = planned(20_000_000, Some(10_000_000), HOUR);
    assert_eq!(presign(&format!("{SIZE} --part-size 10MB --expires 1h --at {AT}")).ok(), lines(&two));
}

#[test]
fn parts_of_any_length() {
    let media = library("user-media");
    let urls: Vec<_> = (1..=2)
        .map(|number| media.presign_at(UploadPart::new("v.mp4", "VX/B", number), HOUR, at()).unwrap().into_url())
        .collect();
    let arguments = format!("parts s3://user-media/v.mp4 --upload-id VX/B --count 2 --expires 1h --at {AT}");
    assert_eq!(presign(&arguments).ok(), format!("1\t{}\n2\t{}\n", urls[0], urls[1]));
    let curl = "curl --fail-with-body -D - -T";
    assert_eq!(
        presign(&format!("{arguments} --output curl")).ok(),
        format!("{curl} FILE.1 '{}'\n{curl} FILE.2 '{}'\n", urls[0], urls[1])
    );
    let json: Value = presign(&format!("{arguments} --output json")).ok().lines().next().unwrap().parse().unwrap();
    assert_eq!((&json["part_number"], json.get("offset"), json.get("content_length")), (&1.into(), None, None));
}

#[test]
fn json_is_an_object_a_line() {
    let stdout = presign(&format!("{SIZE} --output json --at {AT}")).ok();
    let expected = planned(20_000_000, None, Duration::from_secs(900));
    assert_eq!(stdout.lines().count(), expected.len());
    for (line, (number, offset, length, url)) in stdout.lines().zip(expected) {
        assert_eq!(
            line.parse::<Value>().unwrap(),
            json!({
                "part_number": number,
                "offset": offset,
                "content_length": length,
                "method": "PUT",
                "url": url,
                "headers": {"content-length": length.to_string()},
                "fields": {},
                "expires_at": END,
            })
        );
    }
}

#[test]
fn ready_commands_cut_the_file() {
    let stdout = presign(&format!("{SIZE} --output curl --expires 1h --at {AT}")).ok();
    let (_, _, _, url) = &planned(20_000_000, None, HOUR)[2];
    assert_eq!(
        stdout.lines().nth(2),
        Some(&*format!(
            "tail -c +16777217 FILE | head -c 3222784 | \
             curl --fail-with-body -D - -X PUT --data-binary @- -H 'content-type:' '{url}'"
        ))
    );
}

/// 10,000 URLs are more than a pipe holds, so the program writes after the reader has gone.
#[test]
fn a_reader_that_has_enough_is_no_error() {
    let arguments = ["parts", "s3://user-media/v.mp4", "--upload-id", "x", "--count", "10000"];
    let mut child = command(&KEYS);
    let mut child = child.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap()), (Some(0), String::new()));
}
