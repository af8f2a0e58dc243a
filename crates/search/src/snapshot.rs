//! What is known of one state of the index beside what stands in its files.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::index::SegmentId;
use tantivy::schema::Field;
use tantivy::{Searcher, SegmentReader, TantivyError};

use crate::document::facet_value;
use crate::facets::FacetTable;
use crate::page::SPACE_FACET;
use crate::query::{Beginnings, KnownTerms};
use crate::request::Reader;
use crate::schema::Fields;
use crate::score::{Bits, KeptWords};
use crate::sets::{self, SegmentSets};

/// What so many people may read is kept: they ask again with the next letter.
const MAX_READERS: usize = 32;

/// A state of the index: the pages of a commit.
pub(crate) struct Snapshot {
    pub(crate) searcher: Searcher,
    /// The values of all facets.
    pub(crate) facets: FacetTable,
    pub(crate) norms: Norms,
    /// What was looked up for begun words.
    pub(crate) beginnings: Beginnings,
    /// Terms that were looked up.
    pub(crate) terms: KnownTerms,
    /// What frequent words score; states that follow each other share it.
    pub(crate) kept: Arc<KeptWords>,
    segments: Vec<SegmentState>,
    /// Who asked last, and what they may read.
    readers: Mutex<Vec<(Reader, Arc<Vec<Bits>>)>>,
}

/// What is known of a segment.
struct SegmentState {
    id: SegmentId,
    sets: Arc<SegmentSets>,
    /// The pages that are not deleted; nothing if none is.
    alive: Option<Bits>,
}

/// How long the texts of each field are, as scores count it.
#[derive(Debug, Default)]
pub(crate) struct Norms {
    /// How many pages there are, deleted ones with them.
    pub(crate) pages: u64,
    fields: HashMap<Field, Arc<[f32; 256]>>,
}

impl Norms {
    fn new(searcher: &Searcher, fields: &Fields) -> Result<Self, TantivyError> {
        let segments = searcher.segment_readers().iter();
        let pages = segments.map(|segment| u64::from(segment.max_doc())).sum();
        let mut norms = Self {
            pages,
            fields: HashMap::new(),
        };
        let places = [fields.title, fields.named, fields.space, fields.body];
        for field in places.iter().flat_map(|place| [place.x, place.s, place.d]) {
            let mut words = 0_u64;
            for segment in searcher.segment_readers() {
                words = words.saturating_add(segment.inverted_index(field)?.total_num_tokens());
            }
            #[expect(clippy::cast_precision_loss, reason = "a score, not a count")]
            let average = words as f32 / pages.max(1) as f32;
            norms.fields.insert(field, crate::score::norms(average));
        }
        Ok(norms)
    }

    /// By the number that stands for a length.
    pub(crate) fn of(&self, field: Field) -> Arc<[f32; 256]> {
        let known = self.fields.get(&field).cloned();
        known.unwrap_or_else(|| Arc::new([0.0; 256]))
    }
}

impl Snapshot {
    /// Reads what is not known from an earlier one.
    pub(crate) fn new(
        searcher: Searcher,
        fields: &Fields,
        earlier: Option<&Self>,
    ) -> Result<Self, TantivyError> {
        let mut segments = Vec::new();
        for segment in searcher.segment_readers() {
            let id = segment.segment_id();
            let known = earlier
                .iter()
                .flat_map(|earlier| &earlier.segments)
                .find(|known| known.id == id);
            let sets = match known {
                Some(known) => Arc::clone(&known.sets),
                None => Arc::new(SegmentSets::new(segment, fields)?),
            };
            let alive = segment
                .alive_bitset()
                .map(|alive| Bits::of(segment.max_doc(), |doc| alive.is_alive(doc)));
            segments.push(SegmentState { id, sets, alive });
        }
        let kept = earlier
            .map(|earlier| Arc::clone(&earlier.kept))
            .unwrap_or_default();
        let ids: Vec<SegmentId> = segments.iter().map(|segment| segment.id).collect();
        kept.keep_only(&ids);
        let values: Vec<&[String]> = segments
            .iter()
            .map(|segment| segment.sets.values.as_slice())
            .collect();
        Ok(Self {
            facets: FacetTable::new(&values),
            norms: Norms::new(&searcher, fields)?,
            beginnings: Beginnings::default(),
            terms: KnownTerms::default(),
            readers: Mutex::default(),
            kept,
            segments,
            searcher,
        })
    }

    /// Whether it is of this state.
    pub(crate) fn is_of(&self, searcher: &Searcher) -> bool {
        self.searcher.generation() == searcher.generation()
    }

    /// All segments with their sets.
    pub(crate) fn segments(&self) -> impl Iterator<Item = (&SegmentReader, &SegmentSets)> {
        let readers = self.searcher.segment_readers().iter();
        readers.zip(self.segments.iter().map(|segment| segment.sets.as_ref()))
    }

    /// The pages of each segment that `reader` may read, as
    /// [`may_read_where`](denkraum_domain::may_read_where) says: those for everybody, their own, and
    /// those of a space they are a member of.
    pub(crate) fn readable(
        &self,
        fields: &Fields,
        reader: &Reader,
    ) -> Result<Arc<Vec<Bits>>, TantivyError> {
        let lock = || self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        {
            let mut known = lock();
            if let Some(place) = known.iter().position(|(known, _)| known == reader) {
                let found = known.remove(place);
                let readable = Arc::clone(&found.1);
                known.push(found);
                return Ok(readable);
            }
        }
        let readable = Arc::new(self.all_readable(fields, reader)?);
        let mut known = lock();
        if known.len() >= MAX_READERS {
            // The one who asked longest ago.
            known.remove(0);
        }
        known.push((reader.clone(), Arc::clone(&readable)));
        Ok(readable)
    }

    fn all_readable(&self, fields: &Fields, reader: &Reader) -> Result<Vec<Bits>, TantivyError> {
        let mut out = Vec::with_capacity(self.segments.len());
        let author = reader.person.to_string();
        for (segment, state) in self.searcher.segment_readers().iter().zip(&self.segments) {
            let sets = &state.sets;
            let mut among_members = Bits::none(segment.max_doc());
            for space in reader.member_of.iter().chain([&reader.network]) {
                let value = facet_value(SPACE_FACET, space.as_str());
                if let Ok(value) = sets.values.binary_search(&value) {
                    among_members.add(&sets.of(value, segment.max_doc()));
                }
            }
            among_members.keep(sets.members());
            let mut readable = sets::holding(segment, fields.author, &author)?;
            readable.add(&among_members);
            readable.add(sets.everybody());
            if let Some(alive) = &state.alive {
                readable.keep(alive);
            }
            out.push(readable);
        }
        Ok(out)
    }
}
