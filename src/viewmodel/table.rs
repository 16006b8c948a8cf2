//! The rows of any list, and its columns as data: what each may shrink to and when it goes. The view gives them their places.

use super::page::Listed;
use super::{Bar, ClassMark, Facts, Form, State, Tone, Whose};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    pub lead: Lead,
    pub columns: Vec<Column>,
    /// The rows in view.
    pub rows: Vec<Row>,
}

impl Table {
    /// `head` says the state and the class of a row. On a small terminal there are too few lines for titles.
    pub(super) fn of<R: Listed>(
        facts: &Facts<'_>,
        form: Form,
        lead: Lead,
        columns: Vec<ColumnOf<'_, R>>,
        rows: &[&R],
        head: impl Fn(&R) -> (State, ClassMark),
    ) -> Self {
        let filled = |row: &&R| {
            let (state, class) = head(row);
            Row {
                state,
                class,
                marked: facts.marks.contains(&row.target()),
                cells: columns.iter().map(|it| (it.cell)(row)).collect(),
            }
        };
        let rows = rows.iter().map(filled).collect();
        let mut columns: Vec<_> = columns.into_iter().map(|it| it.column).collect();
        if form == Form::Small {
            for column in &mut columns {
                column.title = String::new();
            }
        }
        Self {
            lead,
            columns,
            rows,
        }
    }
}

/// A column, and what a row says in it.
pub(super) struct ColumnOf<'a, R> {
    column: Column,
    cell: Box<dyn Fn(&R) -> Cell + 'a>,
}

/// What stands before the first column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lead {
    /// State and class, each in its cell.
    #[default]
    StateAndClass,
    State,
    /// Nothing: the first column draws its own signs.
    Bare,
}

/// A column. Its figures are cells of the terminal.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Empty where rows explain themselves.
    pub title: String,
    /// Wanted, which it has at 80 columns.
    pub cells: u16,
    /// With fewer it says nothing.
    pub least: u16,
    pub right: bool,
    /// The lowest goes first when the width shrinks; None stays.
    pub dropped: Option<u8>,
    /// Takes the cells that are left over, and is the first to give some back.
    pub grows: bool,
}

impl Column {
    pub(crate) fn left(title: impl Into<String>, cells: u16, least: u16) -> Self {
        Self {
            title: title.into(),
            cells,
            least,
            right: false,
            dropped: None,
            grows: false,
        }
    }

    pub(crate) fn right(title: impl Into<String>, cells: u16) -> Self {
        Self {
            right: true,
            ..Self::left(title, cells, cells)
        }
    }

    pub(crate) fn dropped(self, rank: u8) -> Self {
        Self {
            dropped: Some(rank),
            ..self
        }
    }

    pub(crate) fn grows(self) -> Self {
        Self {
            grows: true,
            ..self
        }
    }

    pub(super) fn says<'a, R>(self, cell: impl Fn(&R) -> Cell + 'a) -> ColumnOf<'a, R> {
        ColumnOf {
            column: self,
            cell: Box::new(cell),
        }
    }
}

impl Cell {
    pub(super) fn name(name: impl Into<String>) -> Self {
        Self::Name {
            kind: String::new(),
            name: name.into(),
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub state: State,
    pub class: ClassMark,
    pub marked: bool,
    /// One a column.
    pub cells: Vec<Cell>,
}

/// What a row says in a column. Each kind has its own way of being cut.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    #[default]
    Empty,
    /// Loses its end.
    Text(String, Tone),
    /// Loses its middle, for the last letters tell siblings apart; before that the word for what it is.
    Name {
        kind: String,
        name: String,
    },
    Whose(Whose),
    /// A figure: never cut.
    Figure(String, Tone),
    /// `▲1 ◆2`: states and how many of each; all is well when there is none.
    Counts(Vec<(State, u32)>),
    Bar(Bar, State),
    /// An image, or the one before it and the one on its way in.
    Image {
        from: Option<String>,
        to: String,
    },
    Age {
        text: String,
        /// As last seen, before the link was lost.
        stale: bool,
        /// Came since the last key.
        new: bool,
    },
    Branch(Branch),
}

/// A row of a tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Branch {
    pub depth: u16,
    /// Whether what is below it is shown; None when nothing is.
    pub open: Option<bool>,
    pub state: State,
    pub class: Option<ClassMark>,
    pub name: String,
    /// Said after the name: the cluster of an environment, the kind of a workload.
    pub note: String,
}
