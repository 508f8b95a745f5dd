//! Looks for secrets in the memory of this process, as somebody with a core dump would.
//!
//! Linux shows a process its own memory as the file `/proc/self/mem`, which takes no `unsafe`. All private mappings that
//! can be written are read: heaps, with what was freed and is not used again, stacks, and statics.
//!
//! Source: [proc_pid_mem(5)](https://man7.org/linux/man-pages/man5/proc_pid_mem.5.html) and
//! [proc_pid_maps(5)](https://man7.org/linux/man-pages/man5/proc_pid_maps.5.html).

use std::fs::File;
use std::io::{Read as _, Seek as _};
use std::ops::Range;
use std::os::unix::fs::FileExt as _;

use zeroize::Zeroize as _;

/// A secret is kept with its bytes changed by this, so that a scan does not find what it looks for in itself.
const MASK: u8 = 0xa5;

/// So many bytes of a secret count as the secret: the allocator writes over the first 16 of what is freed.
const PIECE: usize = 24;

/// Pieces start at the multiples of this.
const STRIDE: usize = 8;

const PAGE: usize = 4_096;
const ZEROS: [u8; PAGE + PIECE] = [0; PAGE + PIECE];

/// What to look for, and everything that a scan needs: it allocates nothing, because that would write over what was freed.
pub struct Scanner {
    /// Masked, sorted, each with the number of its secret.
    pieces: Vec<([u8; PIECE], usize)>,
    /// Whether a piece starts so: by [`start`].
    starts: Vec<bool>,
    page: Vec<u8>,
    maps: String,
    maps_file: File,
    memory: File,
}

impl Scanner {
    pub fn new() -> Self {
        Self {
            pieces: Vec::new(),
            starts: vec![false; 1 << 16],
            page: vec![0; PAGE + PIECE],
            maps: String::with_capacity(256 * 1_024),
            maps_file: File::open("/proc/self/maps").expect("Linux shows the mappings of a process"),
            memory: File::open("/proc/self/mem").expect("Linux shows a process its own memory"),
        }
    }

    /// Adds something to look for.
    pub fn look_for(&mut self, secret: &[u8], number: usize) {
        let masked: Vec<_> = secret.iter().map(|byte| byte ^ MASK).collect();
        for piece in masked.windows(PIECE).step_by(STRIDE) {
            self.starts[start(piece)] = true;
            self.pieces.push((piece.try_into().expect("a piece"), number));
        }
        self.pieces.sort_unstable();
    }

    /// Counts the pieces of each secret in memory, except in what is left out.
    pub fn scan<const SECRETS: usize>(&mut self, left_out: &[Range<usize>]) -> [usize; SECRETS] {
        let own = address(&self.page);
        self.maps.clear();
        self.maps_file.rewind().expect("it can be read again");
        self.maps_file.read_to_string(&mut self.maps).expect("text");

        let mut found = [0; SECRETS];
        for mapping in self.maps.lines().filter_map(writable) {
            for first in mapping.clone().step_by(PAGE) {
                // With the start of the next page, if that is part of the mapping.
                let wanted = &mut self.page[..(PAGE + PIECE).min(mapping.end - first)];
                // Some mappings have pages that nobody can read.
                let Ok(length) = self.memory.read_at(wanted, first as u64) else { continue };
                let page = &mut self.page[..length];
                if *page == ZEROS[..length] {
                    continue;
                }
                for byte in page.iter_mut() {
                    *byte ^= MASK;
                }
                for range in left_out.iter().chain([&own]) {
                    let within = |address: usize| address.saturating_sub(first).min(length);
                    page[within(range.start)..within(range.end)].fill(MASK);
                }
                // Without iterators, which are slow in tests that are not optimized.
                let mut at = 0;
                while at < PAGE && at + PIECE <= length {
                    if self.starts[start(&page[at..])]
                        && let Ok(piece) =
                            self.pieces.binary_search_by(|(piece, _)| piece[..].cmp(&page[at..at + PIECE]))
                    {
                        found[self.pieces[piece].1] += 1;
                    }
                    at += 1;
                }
            }
        }
        self.page.as_mut_slice().zeroize();
        found
    }
}

/// A number of 16 bits, made of the first four bytes: most of what is in memory is seen to be no piece by it.
fn start(piece: &[u8]) -> usize {
    let first = u32::from_le_bytes([piece[0], piece[1], piece[2], piece[3]]);
    (first.wrapping_mul(0x9e37_79b1) >> 16) as usize
}

/// Where some bytes are.
pub fn address(bytes: &[u8]) -> Range<usize> {
    let start = bytes.as_ptr().addr();
    start..start + bytes.len()
}

/// Where a mapping is that can be read and written, from a line such as `7f0c8a000000-7f0c8a021000 rw-p 00000000 00:00 0`.
fn writable(line: &str) -> Option<Range<usize>> {
    let (addresses, rest) = line.split_once(' ')?;
    let (start, end) = addresses.split_once('-')?;
    let number = |digits| usize::from_str_radix(digits, 16).ok();
    rest.starts_with("rw-p").then_some(number(start)?..number(end)?)
}
