//! Everything that is tested from outside, in one binary because linking takes longer than running.

mod support;
mod vectors;
