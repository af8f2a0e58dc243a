//! The page of a space and the start page: what stands in the projections of pages, put together as
//! the city's declaration says.

mod dates;
mod space;
mod start;
mod visits;

pub use dates::Dated;
pub use space::{Offer, Shelf, SpaceOverview, StrategyView};
pub use start::{DistrictState, News, Start};

pub(crate) use visits::Visits;
