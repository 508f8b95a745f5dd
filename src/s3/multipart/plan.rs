//! How an object is cut into parts.

use core::ops::Range;

use crate::Error;
use crate::s3::limits::MAX_PARTS;

const MIB: u64 = 1 << 20;
const GIB: u64 = 1 << 30;

/// What is taken if nothing is said and it is enough: few requests for small objects, and little to repeat if one
/// fails.
const DEFAULT_PART_SIZE: u64 = 8 * MIB;

/// How an object is cut into parts: all of one size, but for the last, which may be smaller.
///
/// An object without a byte is one part without a byte, because an upload cannot be completed without a part.
///
/// ```
/// use presign::s3::MultipartPlan;
///
/// let plan = MultipartPlan::new(20_000_000)?;
/// let parts: Vec<_> = plan.parts().map(|part| (part.part_number(), part.offset(), part.content_length())).collect();
/// assert_eq!(parts, [(1, 0, 8_388_608), (2, 8_388_608, 8_388_608), (3, 16_777_216, 3_222_784)]);
/// # Ok::<(), presign::Error>(())
/// ```
///
/// Source: [Multipart upload limits](https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MultipartPlan {
    object_size: u64,
    part_size: u64,
}

impl MultipartPlan {
    /// The largest object, in bytes: 50,000 GiB, which is 48.8 TiB.
    pub const MAX_OBJECT_SIZE: u64 = MAX_PARTS * Self::MAX_PART_SIZE;

    /// The smallest size of a part that is not the last, in bytes: 5 MiB.
    pub const MIN_PART_SIZE: u64 = 5 * MIB;

    /// The largest size of a part, in bytes: 5 GiB.
    pub const MAX_PART_SIZE: u64 = 5 * GIB;

    /// Plans an object of this many bytes in parts of 8 MiB, or of the least number of whole MiB that leaves no more
    /// than 10,000 parts.
    ///
    /// # Errors
    /// [`Error::ObjectTooLarge`] above [`MAX_OBJECT_SIZE`](Self::MAX_OBJECT_SIZE).
    pub const fn new(object_size: u64) -> Result<Self, Error> {
        Self::with_part_size(object_size, default_part_size(object_size))
    }

    /// Plans an object of this many bytes in parts of `part_size` bytes.
    ///
    /// # Errors
    /// - [`Error::ObjectTooLarge`] above [`MAX_OBJECT_SIZE`](Self::MAX_OBJECT_SIZE)
    /// - [`Error::PartSize`] outside of [`MIN_PART_SIZE`](Self::MIN_PART_SIZE) to
    ///   [`MAX_PART_SIZE`](Self::MAX_PART_SIZE), also if there is only one part
    /// - [`Error::TooManyParts`] if there would be more than 10,000 parts
    pub const fn with_part_size(object_size: u64, part_size: u64) -> Result<Self, Error> {
        if object_size > Self::MAX_OBJECT_SIZE {
            return Err(Error::ObjectTooLarge { bytes: object_size });
        }
        if part_size < Self::MIN_PART_SIZE || part_size > Self::MAX_PART_SIZE {
            return Err(Error::PartSize { bytes: part_size });
        }
        let parts = object_size.div_ceil(part_size);
        if parts > MAX_PARTS {
            return Err(Error::TooManyParts { parts });
        }
        Ok(Self { object_size, part_size })
    }

    /// The size of the object, in bytes.
    #[must_use]
    pub const fn object_size(&self) -> u64 {
        self.object_size
    }

    /// The size of all parts but the last, in bytes.
    #[must_use]
    pub const fn part_size(&self) -> u64 {
        self.part_size
    }

    /// The number of parts, from 1 to 10,000.
    #[must_use]
    pub fn part_count(&self) -> u32 {
        let parts = self.object_size.div_ceil(self.part_size).max(1);
        // Never the fallback: `new` checked it.
        u32::try_from(parts).unwrap_or(u32::MAX)
    }

    /// The part with this number, which starts with 1, or none if there is no such part.
    #[must_use]
    pub fn part(&self, part_number: u32) -> Option<PlannedPart> {
        let index = part_number.checked_sub(1)?;
        (index < self.part_count()).then(|| self.part_at(index))
    }

    /// All parts, in order.
    #[must_use]
    pub fn parts(&self) -> impl DoubleEndedIterator<Item = PlannedPart> + ExactSizeIterator + use<> {
        let plan = *self;
        (0..plan.part_count()).map(move |index| plan.part_at(index))
    }

    /// The part with this index, which is less than the number of parts.
    fn part_at(&self, index: u32) -> PlannedPart {
        let offset = u64::from(index) * self.part_size;
        PlannedPart {
            part_number: index + 1,
            offset,
            content_length: self.part_size.min(self.object_size.saturating_sub(offset)),
        }
    }
}

const fn default_part_size(object_size: u64) -> u64 {
    // Of less than 2^51, so that this does not overflow.
    let least = object_size.div_ceil(MAX_PARTS).next_multiple_of(MIB);
    if least > DEFAULT_PART_SIZE { least } else { DEFAULT_PART_SIZE }
}

/// A part of a [`MultipartPlan`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PlannedPart {
    part_number: u32,
    offset: u64,
    content_length: u64,
}

impl PlannedPart {
    /// The number of the part, from 1.
    #[must_use]
    pub const fn part_number(&self) -> u32 {
        self.part_number
    }

    /// Where the part starts in the object, in bytes.
    #[must_use]
    pub const fn offset(&self) -> u64 {
        self.offset
    }

    /// The size of the part, in bytes.
    #[must_use]
    pub const fn content_length(&self) -> u64 {
        self.content_length
    }

    /// Where the part lies in the object, in bytes.
    #[must_use]
    pub const fn range(&self) -> Range<u64> {
        self.offset..self.offset + self.content_length
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every byte lies in one part, and every part is legal.
    fn check(plan: MultipartPlan) {
        let mut end = 0;
        let mut count = 0;
        for part in plan.parts() {
            count += 1;
            assert_eq!((part.part_number(), part.offset()), (count, end));
            end = part.range().end;
            let is_last = count == plan.part_count();
            assert!(part.content_length() == plan.part_size() || is_last && part.content_length() < plan.part_size());
        }
        assert_eq!((end, count), (plan.object_size(), plan.part_count()));
        assert!((1..=10_000).contains(&count));
        assert!((5 * MIB..=5 * GIB).contains(&plan.part_size()));
        assert_eq!(plan.part(0), None);
        assert_eq!(plan.part(count + 1), None);
        assert_eq!(plan.part(u32::MAX), None);
    }

    #[test]
    fn default_sizes_at_their_edges() {
        for (object_size, part_size, part_count) in [
            (0, 8 * MIB, 1),
            (1, 8 * MIB, 1),
            (8 * MIB, 8 * MIB, 1),
            (8 * MIB + 1, 8 * MIB, 2),
            (80_000 * MIB, 8 * MIB, 10_000),
            (80_000 * MIB + 1, 9 * MIB, 8_889),
            (MultipartPlan::MAX_OBJECT_SIZE - 1, 5 * GIB, 10_000),
            (MultipartPlan::MAX_OBJECT_SIZE, 5 * GIB, 10_000),
        ] {
            let plan = MultipartPlan::new(object_size).unwrap();
            assert_eq!((plan.part_size(), plan.part_count()), (part_size, part_count), "{object_size}");
            check(plan);
        }
        assert_eq!(MultipartPlan::MAX_OBJECT_SIZE, 50_000 * GIB);
    }

    #[test]
    fn given_sizes_at_their_edges() {
        for (object_size, part_size) in [(0, 5 * MIB), (1, 5 * GIB), (50_000 * MIB, 5 * MIB), (5 * MIB + 1, 5 * MIB)] {
            check(MultipartPlan::with_part_size(object_size, part_size).unwrap());
        }
        for (object_size, part_size, error) in [
            (1, 5 * MIB - 1, Error::PartSize { bytes: 5 * MIB - 1 }),
            (1, 5 * GIB + 1, Error::PartSize { bytes: 5 * GIB + 1 }),
            (1, 0, Error::PartSize { bytes: 0 }),
            (50_000 * MIB + 1, 5 * MIB, Error::TooManyParts { parts: 10_001 }),
            (50_000 * GIB + 1, 5 * GIB, Error::ObjectTooLarge { bytes: 50_000 * GIB + 1 }),
            (u64::MAX, u64::MAX, Error::ObjectTooLarge { bytes: u64::MAX }),
        ] {
            assert_eq!(MultipartPlan::with_part_size(object_size, part_size), Err(error));
        }
    }
}
