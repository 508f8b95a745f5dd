//! Room for the texts that are needed for the time of a signature only.

use alloc::string::String;

/// A larger buffer is not kept.
#[cfg(feature = "std")]
const MOST_KEPT: usize = 8 * 1_024;

/// Does something in an empty buffer, the same one for all calls in a thread. Secrets have to be wiped from it.
#[cfg(feature = "std")]
#[inline]
pub(super) fn with_room<T>(work: impl FnOnce(&mut String) -> T) -> T {
    use core::cell::Cell;

    std::thread_local! {
        static ROOM: Cell<String> = const { Cell::new(String::new()) };
    }

    // There is none while the thread ends.
    let mut room = ROOM.try_with(Cell::take).unwrap_or_default();
    room.clear();
    let done = work(&mut room);
    if room.capacity() <= MOST_KEPT {
        let _ = ROOM.try_with(|kept| kept.set(room));
    }
    done
}

/// Does something in an empty buffer.
#[cfg(not(feature = "std"))]
pub(super) fn with_room<T>(work: impl FnOnce(&mut String) -> T) -> T {
    work(&mut String::new())
}
