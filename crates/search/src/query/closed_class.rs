//! German words that only hold a sentence together; a query does without them.
//!
//! Everything is indexed; these are left out of queries only. Words that turn the meaning (ohne,
//! kein, nicht, gegen) are not in the list.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::analysis::fold;

const WORDS: &str = "
    der die das den dem des ein eine einen einem einer eines
    und oder aber denn sondern sowie
    in im ins an am ans auf aufs aus bei beim bis durch für mit nach seit über um unter von vom vor
    zu zum zur zwischen
    ich du er sie es wir ihr mich mir dich dir ihn ihm ihnen uns euch sich man
    mein meine meinen meinem meiner dein deine sein seine seinen seinem seiner ihre ihren ihrem
    ihrer unser unsere unseren unserem unserer
    dieser diese dieses diesen diesem jener jene jenes welcher welche welches welchen welchem
    wer was wie wo wann warum wieso weshalb wen wem womit wofür
    ist sind war waren bin bist wird werden wurde wurden hat haben hatte hatten kann können muss
    müssen soll sollen darf dürfen gibt
    als wenn weil dass ob damit auch noch nur schon so sehr da dann hier dort etwa
    the of and
";

static FOLDED: LazyLock<HashSet<String>> =
    LazyLock::new(|| WORDS.split_whitespace().map(fold).collect());

/// Words that many questions are made of and few are about.
const LIGHT: &str = "
    machen macht gemacht geben kommen kommt gehen geht haben finden findet suchen suche sucht wissen
    weiß brauchen braucht helfen hilft geholfen nutzen wirken funktioniert funktionieren läuft laufen
    erreichen erreicht umgehen klappt klappen lernen erfahrung erfahrungen erfahren beispiel beispiele
    möglichkeit möglichkeiten thema themen frage fragen idee ideen infos information informationen
    ansatz ansätze gut gute guten guter gutes neu neue neuen viel viele mehr wenig besser jemand
    etwas alle alles andere anderen anderer bitte gern gerne eigentlich bereits schon mal
    zeigen zeigt nicht kann können
";

static LIGHT_FOLDED: LazyLock<HashSet<String>> =
    LazyLock::new(|| LIGHT.split_whitespace().map(fold).collect());

/// Whether a folded word says little in a question.
pub(super) fn is_light(folded: &str) -> bool {
    LIGHT_FOLDED.contains(folded)
}

/// Whether a folded word is one of them.
pub(crate) fn is_closed_class(folded: &str) -> bool {
    FOLDED.contains(folded)
}
