//! The search index from outside: what is found, by whom, when, and what damage does to it.

#[cfg(test)]
mod asking;
#[cfg(test)]
mod budget;
#[cfg(test)]
mod common;
#[cfg(test)]
mod damage;
#[cfg(test)]
mod facets;
#[cfg(test)]
mod filling;
#[cfg(test)]
mod freshness;
#[cfg(test)]
mod german;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod passages;
#[cfg(test)]
mod permission;
#[cfg(test)]
mod ranking;
#[cfg(test)]
mod related;
#[cfg(test)]
mod suggestions;
