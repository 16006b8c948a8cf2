//! Identity of what is watched. Selection, plans and findings go by id, never by row number.

use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::Kind;

/// A watched cluster (one kube context), numbered in the order the user named them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClusterId(pub u16);

/// `metadata.uid` in sixteen bytes. The API server writes UUIDs; any other text is hashed, which still tells objects apart.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uid([u8; 16]);

impl Uid {
    pub fn from_text(text: &str) -> Self {
        from_uuid(text).unwrap_or_else(|| from_hash(text))
    }
}

fn from_uuid(text: &str) -> Option<Uid> {
    let mut digits = text.bytes().filter(|byte| *byte != b'-');
    let mut bytes = [0; 16];
    for byte in &mut bytes {
        let high = hex(digits.next()?)?;
        let low = hex(digits.next()?)?;
        *byte = high << 4 | low;
    }
    digits.next().is_none().then_some(Uid(bytes))
}

fn hex(digit: u8) -> Option<u8> {
    let value = char::from(digit).to_digit(16)?;
    u8::try_from(value).ok()
}

fn from_hash(text: &str) -> Uid {
    let mut bytes = [0; 16];
    for (half, salt) in bytes.chunks_exact_mut(8).zip(0u8..) {
        let mut hasher = DefaultHasher::new();
        (salt, text).hash(&mut hasher);
        half.copy_from_slice(&hasher.finish().to_be_bytes());
    }
    Uid(bytes)
}

impl fmt::Debug for Uid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for byte in self.0 {
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}

/// As the API server writes it.
impl fmt::Display for Uid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, byte) in self.0.iter().enumerate() {
            if matches!(at, 4 | 6 | 8 | 10) {
                f.write_str("-")?;
            }
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}

/// One object of one cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectId {
    pub cluster: ClusterId,
    pub kind: Kind,
    pub uid: Uid,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_is_kept_whole() {
        let uid = Uid::from_text("bc06ace5-ddf6-4f00-97fa-872922baf078");
        assert_eq!(format!("{uid:?}"), "bc06ace5ddf64f0097fa872922baf078");
    }

    #[test]
    fn texts_that_are_no_uuid_stay_apart() {
        assert_ne!(
            Uid::from_text("mirror-pod-1"),
            Uid::from_text("mirror-pod-2")
        );
        assert_ne!(Uid::from_text(""), Uid::from_text("0"));
    }
}
