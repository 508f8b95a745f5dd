//! The data flows one way: what is below knows nothing of what is above.

use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn modules_use_only_what_is_below_them() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut checked = 0;
    for file in rust_files(&src) {
        let path = file.strip_prefix(&src).expect("below src").to_string_lossy().replace('\\', "/");
        let forbidden: &[&str] = match path.as_str() {
            "lib.rs" => continue,
            path if path.starts_with("s3/") => &[],
            path if path.starts_with("sigv4/") => &["crate::s3", "bucket"],
            _ => &["crate::s3", "crate::sigv4"],
        };
        for (number, line) in fs::read_to_string(&file).expect("readable").lines().enumerate() {
            // Documentation may point upwards.
            let code = line.split("//").next().unwrap_or_default();
            for name in forbidden {
                assert!(!code.contains(name), "src/{path}:{} uses {name}", number + 1);
            }
        }
        checked += 1;
    }
    assert!(checked > 20, "only {checked} files found");
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("readable").map(|entry| entry.expect("readable").path());
    entries
        .flat_map(|path| if path.is_dir() { rust_files(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect()
}
