//! A list that needs no allocation as long as it is short.

use alloc::vec::Vec;
use core::array;

/// Up to `N` items in place, and all of them on the heap as soon as there are more.
#[derive(Clone)]
pub(crate) struct ShortList<T, const N: usize> {
    short: [T; N],
    /// How many of `short` are items.
    len: usize,
    /// All items, if it is not empty.
    long: Vec<T>,
}

impl<T: Default, const N: usize> Default for ShortList<T, N> {
    #[inline]
    fn default() -> Self {
        Self { short: array::from_fn(|_| T::default()), len: 0, long: Vec::new() }
    }
}

impl<T: Default, const N: usize> From<Vec<T>> for ShortList<T, N> {
    fn from(items: Vec<T>) -> Self {
        if items.len() > N {
            return Self { long: items, ..Self::default() };
        }
        let mut list = Self::default();
        items.into_iter().for_each(|item| list.push(item));
        list
    }
}

impl<T: Default, const N: usize> ShortList<T, N> {
    #[inline]
    pub(crate) fn as_slice(&self) -> &[T] {
        if self.long.is_empty() { self.short.get(..self.len).unwrap_or_default() } else { &self.long }
    }

    pub(crate) fn as_mut_slice(&mut self) -> &mut [T] {
        if self.long.is_empty() { self.short.get_mut(..self.len).unwrap_or_default() } else { &mut self.long }
    }

    #[inline]
    pub(crate) fn push(&mut self, item: T) {
        match self.short.get_mut(self.len) {
            Some(free) if self.long.is_empty() => {
                *free = item;
                self.len += 1;
            }
            _ => self.insert(usize::MAX, item),
        }
    }

    /// Inserts behind this many items, or at the end.
    #[inline]
    pub(crate) fn insert(&mut self, place: usize, item: T) {
        if self.long.is_empty() {
            if let Some(moved) = self.short.get_mut(place.min(self.len)..=self.len)
                && let Some(free) = moved.last_mut()
            {
                *free = item;
                moved.rotate_right(1);
                self.len += 1;
                return;
            }
            self.long.extend(self.short.iter_mut().map(core::mem::take));
        }
        self.long.insert(place.min(self.long.len()), item);
    }

    /// Removes all items but those.
    pub(crate) fn retain(&mut self, keep: impl Fn(&T) -> bool) {
        let mut kept = Self::default();
        for item in self.as_mut_slice().iter_mut().map(core::mem::take).filter(keep) {
            kept.push(item);
        }
        *self = kept;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_the_same_wherever_it_lies() {
        for count in 0..8 {
            for places in [[0, 0, 0, 0, 0, 0, 0, 0], [0, 1, 2, 3, 4, 5, 6, 7], [0, 0, 1, 2, 1, 5, 3, 0]] {
                let mut list = ShortList::<usize, 3>::default();
                let mut expected = Vec::new();
                for (number, place) in places.into_iter().take(count).enumerate() {
                    list.insert(place, number);
                    expected.insert(place, number);
                }
                assert_eq!(list.as_slice(), expected);
                assert_eq!(list.as_mut_slice(), expected);
                list.retain(|number| number % 2 == 0);
                expected.retain(|number| number % 2 == 0);
                assert_eq!(list.as_slice(), expected);
                list.insert(0, 9);
                expected.insert(0, 9);
                list.push(8);
                expected.push(8);
                assert_eq!(list.as_slice(), expected);
            }
        }
    }
}
