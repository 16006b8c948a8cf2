//! How much was written to the terminal, and how long that took.

use std::cell::Cell;
use std::io::{self, Write};
use std::rc::Rc;
use std::time::{Duration, Instant};

/// Bytes, and the time that writing them took, since it was last asked.
#[derive(Clone, Default)]
pub struct Meter(Rc<Cell<(usize, Duration)>>);

/// A writer that is metered.
pub struct Metered<W> {
    inner: W,
    meter: Meter,
}

impl Meter {
    pub fn metered<W: Write>(&self, inner: W) -> Metered<W> {
        Metered {
            inner,
            meter: self.clone(),
        }
    }

    pub fn take(&self) -> (usize, Duration) {
        self.0.take()
    }
}

impl<W: Write> Write for Metered<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let began = Instant::now();
        let count = self.inner.write(bytes)?;
        let (known, time) = self.meter.0.get();
        self.meter.0.set((known + count, time + began.elapsed()));
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        let began = Instant::now();
        self.inner.flush()?;
        let (known, time) = self.meter.0.get();
        self.meter.0.set((known, time + began.elapsed()));
        Ok(())
    }
}
