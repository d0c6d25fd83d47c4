//! Sets of platforms. They never know names by themselves: the table of the file does.

use crate::facts::PlatformWords;

/// A set of GOOS/GOARCH pairs.
#[derive(Clone, Debug, Default)]
pub struct Platforms(PlatformWords);

impl Platforms {
    pub(crate) fn from_words(words: PlatformWords) -> Self {
        Platforms(words)
    }

    pub(crate) fn words(&self) -> &[u64] {
        &self.0
    }

    fn word(&self, i: usize) -> u64 {
        self.0.get(i).copied().unwrap_or(0)
    }

    fn combine(&self, other: &Platforms, operation: impl Fn(u64, u64) -> u64) -> Platforms {
        Platforms((0..self.0.len().max(other.0.len())).map(|i| operation(self.word(i), other.word(i))).collect())
    }

    /// No platform at all.
    pub fn none() -> Self {
        Self::default()
    }

    /// Adds entry `index` of the platform table.
    pub fn insert(&mut self, index: usize) {
        if self.0.len() <= index / 64 {
            self.0.resize(index / 64 + 1, 0);
        }
        self.0[index / 64] |= 1 << (index % 64);
    }

    /// Is entry `index` of the platform table in the set?
    pub fn contains(&self, index: usize) -> bool {
        self.word(index / 64) >> (index % 64) & 1 == 1
    }

    /// No platform is in the set.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|w| *w == 0)
    }

    /// How many platforms are in the set.
    pub fn len(&self) -> usize {
        self.0.iter().map(|w| w.count_ones() as usize).sum()
    }

    /// In both.
    pub fn and(&self, other: &Platforms) -> Platforms {
        self.combine(other, |a, b| a & b)
    }

    /// In one of them.
    pub fn or(&self, other: &Platforms) -> Platforms {
        self.combine(other, |a, b| a | b)
    }

    /// In this one, and not in the other.
    pub fn minus(&self, other: &Platforms) -> Platforms {
        self.combine(other, |a, b| a & !b)
    }

    /// Every platform of `other` is in this set.
    pub fn covers(&self, other: &Platforms) -> bool {
        other.minus(self).is_empty()
    }

    /// The indices into the platform table, in order.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.0.len() * 64).filter(|i| self.contains(*i))
    }
}

impl PartialEq for Platforms {
    fn eq(&self, other: &Self) -> bool {
        self.minus(other).is_empty() && other.minus(self).is_empty()
    }
}

impl Eq for Platforms {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_of_different_lengths_compare_by_what_is_in_them() {
        let mut long = Platforms::none();
        long.insert(70);
        long.insert(3);
        let mut short = Platforms::none();
        short.insert(3);
        assert_eq!(long.and(&short), short);
        assert_eq!(long.minus(&short).iter().collect::<Vec<_>>(), [70]);
        assert!(long.covers(&short) && !short.covers(&long));
        assert_eq!(long.or(&short).len(), 2);
        assert!(Platforms::none().is_empty() && !long.is_empty());
    }
}
