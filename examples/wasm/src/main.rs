//! Prints what the module makes of each case that needs no clock, made here.

fn main() {
    for line in wasm::cases::with_a_time() {
        println!("{line}");
    }
}
