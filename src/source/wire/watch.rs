//! Frames of a watch: four bytes of length before each protobuf event, one line per JSON event.

use bytes::{Buf, Bytes, BytesMut};
use prost::Message;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::messages::{self, WatchEvent};
use super::{Format, LARGEST_OBJECT, undecodable};
use crate::model::GarbledFault;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::source) enum Happened {
    Added,
    Modified,
    Deleted,
    Bookmark,
    /// The object is a `Status`.
    Error,
}

impl Happened {
    fn from_word(word: &str) -> Option<Self> {
        match word {
            "ADDED" => Some(Happened::Added),
            "MODIFIED" => Some(Happened::Modified),
            "DELETED" => Some(Happened::Deleted),
            "BOOKMARK" => Some(Happened::Bookmark),
            "ERROR" => Some(Happened::Error),
            _ => None,
        }
    }
}

#[derive(Debug)]
pub(in crate::source) struct Frame {
    pub(in crate::source) happened: Happened,
    pub(in crate::source) object: Bytes,
}

pub(in crate::source) struct Frames {
    format: Format,
    buffer: BytesMut,
    /// Bytes of `buffer` known to hold no line end.
    seen: usize,
}

impl Frames {
    pub(in crate::source) fn new(format: Format) -> Self {
        Self {
            format,
            buffer: BytesMut::new(),
            seen: 0,
        }
    }

    pub(in crate::source) fn push(&mut self, chunk: &[u8]) {
        self.buffer.extend_from_slice(chunk);
    }

    /// The next complete event, None until more bytes come. Events of a type that is not known are stepped over.
    pub(in crate::source) fn next(&mut self) -> Result<Option<Frame>, GarbledFault> {
        loop {
            let frame = match self.format {
                Format::Protobuf => self.cut_protobuf()?,
                Format::Json => self.cut_line()?,
            };
            let Some(frame) = frame else { return Ok(None) };
            let (word, object) = match self.format {
                Format::Protobuf => protobuf_event(frame)?,
                Format::Json => json_event(&frame)?,
            };
            if let Some(happened) = Happened::from_word(&word) {
                return Ok(Some(Frame { happened, object }));
            }
        }
    }

    fn cut_protobuf(&mut self) -> Result<Option<Bytes>, GarbledFault> {
        let Some(length) = self.buffer.first_chunk::<4>() else {
            return Ok(None);
        };
        let length = u32::from_be_bytes(*length) as usize;
        if length > LARGEST_OBJECT {
            return Err(GarbledFault::Endless);
        }
        if self.buffer.len() < 4 + length {
            return Ok(None);
        }
        self.buffer.advance(4);
        Ok(Some(self.buffer.split_to(length).freeze()))
    }

    fn cut_line(&mut self) -> Result<Option<Bytes>, GarbledFault> {
        loop {
            let Some(end) = self.buffer[self.seen..]
                .iter()
                .position(|byte| *byte == b'\n')
            else {
                self.seen = self.buffer.len();
                if self.seen > LARGEST_OBJECT {
                    return Err(GarbledFault::Endless);
                }
                return Ok(None);
            };
            let line = self.buffer.split_to(self.seen + end).freeze();
            self.buffer.advance(1);
            self.seen = 0;
            if !line.trim_ascii().is_empty() {
                return Ok(Some(line));
            }
        }
    }
}

fn protobuf_event(frame: Bytes) -> Result<(String, Bytes), GarbledFault> {
    let event = WatchEvent::decode(frame).map_err(undecodable)?;
    let object = event
        .object
        .and_then(|object| object.raw)
        .unwrap_or_default();
    let envelope = messages::unwrap(object)?;
    Ok((event.kind.unwrap_or_default(), envelope.raw))
}

fn json_event(line: &Bytes) -> Result<(String, Bytes), GarbledFault> {
    #[derive(Deserialize)]
    struct Event<'a> {
        #[serde(rename = "type")]
        kind: String,
        #[serde(borrow)]
        object: &'a RawValue,
    }
    let event: Event<'_> = serde_json::from_slice(line).map_err(undecodable)?;
    Ok((event.kind, line.slice_ref(event.object.get().as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_events_come_one_a_line() {
        let mut frames = Frames::new(Format::Json);
        let text = concat!(
            r#"{"type":"ADDED","object":{"a":1}}"#,
            "\n\n",
            r#"{"type":"LATER","object":{}}"#,
            "\n",
            r#"{"type":"BOOKMARK","object":{"b":2}}"#,
            "\n"
        );
        let mut found = Vec::new();
        for byte in text.as_bytes() {
            frames.push(&[*byte]);
            while let Some(frame) = frames.next().unwrap() {
                found.push((frame.happened, frame.object));
            }
        }
        let expected = [
            (Happened::Added, &br#"{"a":1}"#[..]),
            (Happened::Bookmark, br#"{"b":2}"#),
        ];
        assert_eq!(
            found,
            expected.map(|(happened, object)| (happened, Bytes::from_static(object)))
        );
    }

    #[test]
    fn a_frame_of_impossible_length_is_refused() {
        let mut frames = Frames::new(Format::Protobuf);
        frames.push(b"<html>");
        assert!(frames.next().is_err());
    }
}
