//! A list that needs no allocation as long as it is short.

use alloc::vec::Vec;
use core::mem;

/// Up to `N` items in place, and all of them on the heap as soon as there are more.
#[derive(Clone)]
pub(crate) struct ShortList<T, const N: usize> {
    /// Without gaps; empty if `long` is not.
    short: [Option<T>; N],
    long: Vec<T>,
}

impl<T, const N: usize> Default for ShortList<T, N> {
    #[inline]
    fn default() -> Self {
        Self { short: [const { None }; N], long: Vec::new() }
    }
}

impl<T, const N: usize> ShortList<T, N> {
    #[inline]
    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> + Clone {
        self.short.iter().map_while(Option::as_ref).chain(&self.long)
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.short.iter_mut().map_while(Option::as_mut).chain(&mut self.long)
    }

    #[inline]
    pub(crate) fn get(&self, place: usize) -> Option<&T> {
        self.short.get(place).and_then(Option::as_ref).or_else(|| self.long.get(place))
    }

    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// How many items at the start of a sorted list are before a new one.
    #[inline]
    pub(crate) fn count_before(&self, is_before: impl Fn(&T) -> bool) -> usize {
        if self.long.is_empty() {
            self.iter().take_while(|old| is_before(old)).count()
        } else {
            self.long.partition_point(is_before)
        }
    }

    /// Inserts behind this many items.
    #[inline]
    pub(crate) fn insert(&mut self, place: usize, item: T) {
        if self.long.is_empty() {
            if self.short.last().is_some_and(Option::is_none) {
                // Each gives its slot to the one before it, up to the first slot that is free.
                let mut moved = Some(item);
                for slot in self.short.iter_mut().skip(place) {
                    mem::swap(slot, &mut moved);
                    if moved.is_none() {
                        break;
                    }
                }
                return;
            }
            self.long.extend(self.short.iter_mut().filter_map(Option::take));
        }
        self.long.insert(place.min(self.long.len()), item);
    }

    /// Removes all items but those.
    pub(crate) fn retain(&mut self, keep: impl Fn(&T) -> bool) {
        for slot in &mut self.short {
            slot.take_if(|item| !keep(item));
        }
        // Closes the gaps, and leaves the order as it is.
        self.short.sort_by_key(Option::is_none);
        self.long.retain(keep);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_sorted_wherever_it_lies() {
        for count in 0..8 {
            for order in [[3, 1, 4, 1, 5, 9, 2, 6], [1, 2, 3, 4, 5, 6, 7, 8], [8, 7, 6, 5, 4, 3, 2, 1]] {
                let mut list = ShortList::<(i32, usize), 3>::default();
                let mut sorted = Vec::new();
                for (position, number) in order.into_iter().take(count).enumerate() {
                    list.insert(list.count_before(|old| old.0 <= number), (number, position));
                    sorted.push((number, position));
                }
                sorted.sort_unstable();
                assert!(list.iter().eq(&sorted), "{order:?}");
                assert_eq!(list.is_empty(), count == 0);
                list.retain(|(number, _)| number % 2 == 0);
                sorted.retain(|(number, _)| number % 2 == 0);
                assert!(list.iter().eq(&sorted), "{order:?}");
                list.insert(0, (0, 9));
                sorted.insert(0, (0, 9));
                assert!(list.iter().eq(&sorted), "{order:?}");
                assert_eq!(list.iter_mut().count(), sorted.len());
            }
        }
    }
}
