//! No output has the secret, whatever goes wrong.

use std::fs;
use std::path::Path;

use crate::support::{KEYS, SECRET, run};

const TOKEN: &str = "IQoJb3JpZ2luX2VjSECRETTOKEN";

#[test]
fn the_secret_is_in_no_output() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("secrecy");
    fs::create_dir_all(&folder).unwrap();
    let broken = folder.join("credentials");
    fs::write(&broken, format!("[default]\n{SECRET}\n")).unwrap();
    let broken = ("AWS_SHARED_CREDENTIALS_FILE", broken.to_str().unwrap());
    let bad_secret = format!("{SECRET}\n");

    let environments = [
        KEYS.to_vec(),
        [&KEYS[..], &[("AWS_SESSION_TOKEN", TOKEN)]].concat(),
        [&KEYS[..], &[broken]].concat(),
        vec![broken],
        vec![("AWS_ACCESS_KEY_ID", SECRET), ("AWS_REGION", "eu-west-1")],
        vec![("AWS_ACCESS_KEY_ID", KEYS[0].1), ("AWS_SECRET_ACCESS_KEY", &bad_secret), ("AWS_REGION", "eu-west-1")],
    ];
    let commands = [
        "get s3://user-media/a --explain",
        "get s3://user-media/a --output json",
        "put s3://user-media/a --output curl --explain",
        "head s3://user-media/a --expires 8d",
        "delete s3://user-media/a --region auto",
        "post s3://user-media/a --explain",
        "post s3://user-media/a --output html",
        "post s3://user-media/a --output curl",
        "parts s3://user-media/a --upload-id x --count 1",
        "create-upload s3://user-media/a --profile other",
        "setup --bucket user-media --origin https://app.example",
        "token rds --host a.us-east-1.rds.amazonaws.com --port 5432 --user app --output json",
        "token eks --cluster prod",
        "token iot --host a.iot.us-east-1.amazonaws.com --region us-west-2",
    ];
    let mut signed = 0;
    for environment in &environments {
        for command in commands {
            let output = run(&command.split(' ').collect::<Vec<_>>(), environment);
            let text = output.stdout + &output.stderr;
            assert!(!text.contains(SECRET), "{command}: {text}");
            // The token is a part of what is signed, and of nothing else.
            assert!(output.code == 0 || !text.contains(TOKEN), "{command}: {text}");
            signed += usize::from(text.contains("ignature") && output.code == 0);
        }
    }
    // Eight commands, in two environments.
    assert_eq!(signed, 8 * 2);
}
