//! One string that both sides read and write, in the memory of the module.

use std::cell::RefCell;
#[cfg(any(feature = "get", feature = "grant"))]
use std::fmt::Display;

thread_local! {
    static TEXT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Makes room for a string of this many bytes of UTF-8, and returns where to write it.
#[unsafe(no_mangle)]
pub extern "C" fn text_of_length(bytes: usize) -> *mut u8 {
    TEXT.with_borrow_mut(|text| {
        text.clear();
        text.resize(bytes, 0);
        text.as_mut_ptr()
    })
}

/// Returns where the string is.
#[unsafe(no_mangle)]
pub extern "C" fn text() -> *const u8 {
    TEXT.with_borrow(|text| text.as_ptr())
}

/// Returns the length of the string, in bytes.
#[unsafe(no_mangle)]
pub extern "C" fn text_length() -> usize {
    TEXT.with_borrow(Vec::len)
}

/// Replaces the string by what a function makes of it, or by the message of its error. Returns whether there is no error.
#[cfg(any(feature = "get", feature = "grant"))]
pub fn answer<E: Display>(make: impl FnOnce(&str) -> Result<String, E>) -> bool {
    let question = TEXT.take();
    let result = make(&String::from_utf8_lossy(&question));
    let is_ok = result.is_ok();
    TEXT.set(result.unwrap_or_else(|error| error.to_string()).into_bytes());
    is_ok
}
