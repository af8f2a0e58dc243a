//! The icons that a kind of page may name: all of Lucide, shipped as outlines, so that the web
//! application need not carry what this city does not use.

/// Lines of name, tab, outline; those that begin with `#` are about the file.
const ICONS: &str = include_str!("../../../../data/icons.tsv");

/// How many names are offered in place of one that is not there.
const SIMILAR: usize = 5;

/// The outline of an icon: the data of an SVG path on a grid of 24 by 24, drawn without filling.
pub(super) fn outline(name: &str) -> Option<&'static str> {
    icons()
        .find(|(known, _)| *known == name)
        .map(|(_, outline)| outline)
}

/// Why there is no such icon and which may have been meant.
pub(super) fn refusal(name: &str) -> String {
    let similar: Vec<_> = name
        .split('-')
        .filter(|word| word.len() > 2)
        .flat_map(|word| {
            let has_word = move |name: &&str| name.contains(word);
            icons().map(|(name, _)| name).filter(has_word)
        })
        .take(SIMILAR)
        .collect();
    let hint = match similar.as_slice() {
        [] => String::new(),
        names => format!("; similar are {}", names.join(", ")),
    };
    format!("icon \"{name}\" is not there; https://lucide.dev/icons shows those that are{hint}")
}

fn icons() -> impl Iterator<Item = (&'static str, &'static str)> {
    ICONS
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
}
