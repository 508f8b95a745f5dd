//! A list that needs no allocation as long as it is short.

use alloc::vec::Vec;

/// Up to `N` items in place, and all of them on the heap as soon as there are more.
pub(crate) struct ShortList<T, const N: usize> {
    short: [T; N],
    /// How many of `short` are items.
    len: usize,
    /// All items, if it is not empty.
    long: Vec<T>,
}

impl<T: Copy + Default, const N: usize> Default for ShortList<T, N> {
    #[inline]
    fn default() -> Self {
        Self { short: [T::default(); N], len: 0, long: Vec::new() }
    }
}

impl<T: Copy + Default, const N: usize> ShortList<T, N> {
    #[inline]
    pub(crate) fn as_slice(&self) -> &[T] {
        if self.long.is_empty() { self.short.get(..self.len).unwrap_or_default() } else { &self.long }
    }

    #[inline]
    pub(crate) fn push(&mut self, item: T) {
        match self.short.get_mut(self.len) {
            Some(free) => {
                *free = item;
                self.len += 1;
            }
            None => self.push_long(item),
        }
    }

    #[cold]
    fn push_long(&mut self, item: T) {
        if self.long.is_empty() {
            self.long.extend_from_slice(&self.short);
        }
        self.long.push(item);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_the_same_wherever_it_lies() {
        let mut list = ShortList::<usize, 3>::default();
        let mut expected = Vec::new();
        for number in 0..8 {
            assert_eq!(list.as_slice(), expected);
            list.push(number);
            expected.push(number);
        }
    }
}
