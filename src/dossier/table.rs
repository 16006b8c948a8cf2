//! The objects of one kind in one scope, as the server tabulates them.

use std::collections::HashMap;

use serde_json::Value;

use crate::model::{Lack, TableColumn, TableNews, TableRow, Told, Uid};

#[derive(Debug, Default)]
pub struct Table {
    columns: Vec<TableColumn>,
    /// With the number of the list that told of it last.
    rows: HashMap<Uid, (u32, TableRow)>,
    list: u32,
    whole: bool,
    more: u64,
    lack: Option<Lack>,
}

impl Table {
    pub(super) fn tell(&mut self, told: Told) {
        match told {
            Told::Table(TableNews::Columns(columns)) => {
                self.columns = columns;
                self.list += 1;
                self.more = 0;
                self.lack = None;
            }
            // Where not all are read, what was left out stays so.
            Told::Table(TableNews::Row(row))
                if self.more > 0 && !self.rows.contains_key(&row.uid) => {}
            Told::Table(TableNews::Row(row)) => {
                self.rows.insert(row.uid, (self.list, row));
            }
            Told::Table(TableNews::Gone(uid)) => drop(self.rows.remove(&uid)),
            Told::Table(TableNews::More(more)) => self.more = more,
            Told::Whole => {
                let now = self.list;
                self.rows.retain(|_, (list, _)| *list == now);
                self.whole = true;
            }
            Told::Lack(lack) => self.lack = Some(lack),
            _ => {}
        }
    }

    pub fn columns(&self) -> &[TableColumn] {
        &self.columns
    }

    /// In no order.
    pub fn rows(&self) -> impl Iterator<Item = &TableRow> {
        self.rows.values().map(|(_, row)| row)
    }

    /// The objects themselves, by name, where they were asked for.
    pub(super) fn objects(&self) -> Vec<&Value> {
        let rows = self.rows();
        let mut rows: Vec<_> = rows
            .filter_map(|row| Some((&row.name, row.object.as_deref()?)))
            .collect();
        rows.sort_by_key(|(name, _)| *name);
        rows.into_iter().map(|(_, object)| object).collect()
    }

    /// It was read to its end once.
    pub fn whole(&self) -> bool {
        self.whole
    }

    /// How many there were beyond those that are kept, when they were listed.
    pub fn more(&self) -> u64 {
        self.more
    }

    /// Why it is not read now.
    pub fn lack(&self) -> Option<&Lack> {
        self.lack.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str) -> Told {
        Told::Table(TableNews::Row(TableRow {
            uid: Uid::from_text(name),
            namespace: "".into(),
            name: name.into(),
            created: None,
            deleting: false,
            cells: Vec::new(),
            object: None,
        }))
    }

    fn names(table: &Table) -> Vec<&str> {
        let mut names: Vec<_> = table.rows().map(|row| row.name.as_str()).collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn what_a_new_list_does_not_tell_is_gone_at_its_end() {
        let mut table = Table::default();
        for told in [
            Told::Table(TableNews::Columns(Vec::new())),
            row("a"),
            row("b"),
            Told::Whole,
        ] {
            table.tell(told);
        }
        table.tell(row("c"));
        table.tell(Told::Lack(Lack::Absent));
        table.tell(Told::Table(TableNews::Columns(Vec::new())));
        table.tell(row("b"));
        assert_eq!(
            names(&table),
            ["a", "b", "c"],
            "as it was until the list is whole"
        );
        assert_eq!(table.lack(), None);
        table.tell(Told::Whole);
        assert_eq!(names(&table), ["b"]);
        table.tell(Told::Table(TableNews::Gone(Uid::from_text("b"))));
        assert!(names(&table).is_empty() && table.whole());
    }
}
