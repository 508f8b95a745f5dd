//! The command line `presign`, as a process; and the modules of it that stand alone.

mod arguments;
mod environment;
mod forms;
mod guide;
mod objects;
mod parts;
mod secrecy;
mod setup;
mod support;
mod tokens;
mod units;
mod why;
