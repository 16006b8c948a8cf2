use crate::model::{Event, Moment, Uid};

use super::{count, moment};
use crate::source::text::{MESSAGE, NAME, clean};
use crate::source::wire::messages;

/// Old-style events carry `lastTimestamp`, new-style ones `eventTime` and a series.
pub(super) fn event(wire: &messages::Event) -> Event {
    let meta = wire.metadata.clone().unwrap_or_default();
    let series = wire.series.clone().unwrap_or_default();
    let object = wire.involved_object.clone().unwrap_or_default();
    let created = moment(meta.creation_timestamp).or(moment(wire.event_time));
    let last = moment(series.last_observed_time)
        .or(moment(wire.last_timestamp))
        .or(moment(wire.event_time))
        .or(created);
    let first = moment(wire.first_timestamp)
        .or(moment(wire.event_time))
        .or(created)
        .or(last);
    let epoch = Moment::from(chrono::DateTime::UNIX_EPOCH);
    Event {
        uid: Uid::from_text(meta.uid()),
        warning: wire.kind() == "Warning",
        namespace: clean(meta.namespace(), NAME),
        kind: clean(object.kind(), NAME),
        name: clean(object.name(), NAME),
        object: object
            .uid
            .as_deref()
            .filter(|uid| !uid.is_empty())
            .map(Uid::from_text),
        reason: clean(wire.reason(), NAME),
        message: clean(wire.message(), MESSAGE),
        count: count(series.count.or(wire.count).unwrap_or(1)).max(1),
        first: first.unwrap_or(epoch),
        last: last.unwrap_or(epoch),
    }
}
