/** A page with every block and mark, in the Markdown that the server reads. */
export const EVERY_BLOCK = {
  title: 'Alles, was eine Seite kann: Blöcke, Felder und Verweise am Zaun',
  markdown: `Ein Anfang mit **fett**, *kursiv*, ~~gestrichen~~, \`Code\`, <mark>hervorgehoben</mark>,
H<sub>2</sub>O, 10<sup>2</sup>, [Verweis](https://example.org/eine/seite) und einer Fußnote[^1], die
auf [den Ansatz](denkraum:01ha9vqt0046b195eztn770qz4) zeigt.

# Aufgaben und Tabelle

- [ ] Einladung schreiben {person="Jugendamt Lichtenberg" due="2031-06-03"}
- [x] Raum buchen
- [ ] Kaffee kaufen, dazu Tassen für alle, die an einem langen Vormittag vorbeikommen {person="Kita"}

| Wochentag | Familien | Was gut ging |
| --- | --- | --- |
| Dienstag | 14 | Viele kamen wieder und brachten Nachbarinnen mit |
| Freitag | 9 | Ruhiger, mit Zeit für Fragen |

1. erstens
2. zweitens

> Ein Zitat über zwei Zeilen, damit es auch auf einem kleinen Bildschirm umbricht.

> [!NOTE]
> Ein Hinweis.

> [!TIP]
> Ein Tipp.

> [!IMPORTANT]
> Etwas Wichtiges.

> [!WARNING]
> Achtung, mit Liste:
>
> - eins
> - zwei

## Was Fachkräfte festhalten

> [!guidingQuestion]
> Wie erreichen wir Familien, die nie kommen?
>
> Indem wir hingehen.

> [!familyVoice method="Gespräch an der Kita-Tür" consent="written" month="2024-03"]
> „Hier hat mich zum ersten Mal jemand gefragt.“

> [!insight]
> Zuhören kommt vor dem Angebot.

> [!agreement who="Jugendamt und Kita" until="2031-06-30"]
> Wir treffen uns jeden Monat.

> [!openQuestion]
> Wer zahlt die Miete?

> [!familyVoice]
> Noch ohne Angaben.

> [!collapsible]
> Wie wir gezählt haben
>
> Mit einem Strich je Familie.
>
> - am Vormittag
> - am Nachmittag

> [!collapsible]
> ### Mit einer Überschrift
>
> Und einem Absatz.

> [!collapsible]
>
> - Eine Liste zuerst
>
> Dann Text.

\`\`\`text
Name;Anzahl;Eine Zeile, die länger ist, als ein kleiner Bildschirm sie auf einmal zeigen kann
Kita Rosenhof;14
\`\`\`

---

Der letzte Absatz mit einer zweiten Fußnote[^2].

[^1]: Eigene Zählung im Frühjahr, mit einem *Strich* je Familie und einem Satz, der umbricht, weil er lang ist.
[^2]: Gespräch mit der Leitung.
`,
} as const
