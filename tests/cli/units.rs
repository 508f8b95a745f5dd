//! The modules of the example that stand alone: examples have no tests that `cargo test` would run.

#[path = "../../examples/presign/duration.rs"]
mod duration;
#[path = "../../examples/presign/ini.rs"]
mod ini;
#[path = "../../examples/presign/location.rs"]
mod location;
#[path = "../../examples/presign/pair.rs"]
mod pair;
#[path = "../../examples/presign/shell.rs"]
mod shell;
#[path = "../../examples/presign/size.rs"]
mod size;
