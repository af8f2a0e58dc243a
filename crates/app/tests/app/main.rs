//! The application from outside: what people and programs ask of it.

#[cfg(test)]
mod accounts;
#[cfg(test)]
mod archive;
#[cfg(test)]
mod archives;
#[cfg(test)]
mod attachments;
#[cfg(test)]
mod audience;
#[cfg(test)]
mod catalogue;
mod city;
#[cfg(test)]
mod comments;
#[cfg(test)]
mod demonstration;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod fields;
#[cfg(test)]
mod files;
#[cfg(test)]
mod folders;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod import;
#[cfg(test)]
mod index;
#[cfg(test)]
mod live;
#[cfg(test)]
mod overview;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod passage;
#[cfg(test)]
mod related;
#[cfg(test)]
mod search;
