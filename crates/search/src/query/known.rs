//! Terms that were looked up.
//!
//! Every search looks for the same word in all places and forms, and the next letter asks for most of them again.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use tantivy::schema::Field;

use crate::score::FoundTerm;

/// So many terms are remembered.
const MAX_KNOWN: usize = 20_000;

/// Terms of one state of the index, with those that are nowhere.
#[derive(Default)]
pub(crate) struct KnownTerms(RwLock<Inner>);

#[derive(Default)]
struct Inner {
    by_field: HashMap<Field, HashMap<String, Option<Arc<FoundTerm>>>>,
    len: usize,
}

impl KnownTerms {
    /// What `look_up` says of a term, or said before; none if it is nowhere.
    pub(super) fn get<E>(
        &self,
        field: Field,
        text: &str,
        look_up: impl FnOnce() -> Result<Option<FoundTerm>, E>,
    ) -> Result<Option<Arc<FoundTerm>>, E> {
        {
            let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
            let found = known.by_field.get(&field).and_then(|known| known.get(text));
            if let Some(found) = found {
                return Ok(found.clone());
            }
        }
        let found = look_up()?.map(Arc::new);
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if known.len >= MAX_KNOWN {
            *known = Inner::default();
        }
        let of_field = known.by_field.entry(field).or_default();
        if of_field.insert(text.to_owned(), found.clone()).is_none() {
            known.len = known.len.saturating_add(1);
        }
        Ok(found)
    }
}
