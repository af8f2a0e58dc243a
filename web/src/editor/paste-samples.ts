/**
 * Test support: HTML as other programs put it on the clipboard. The words are ours and so is every
 * line; the shape follows published samples, named at each with the licence they are under: elements,
 * classes, styles and marks in the order in which the program writes them.
 */

/**
 * Shape: ckeditor/ckeditor5 (GPL-2.0-or-later), packages/ckeditor5-paste-from-office/tests/_data,
 * list/nested-mixed and basic-styles/bold-within-text, input.word2016.html.
 */
export const WORD_LISTS = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<style><!-- p.MsoNormal {margin:0cm;} --></style></head><body lang=DE><!--StartFragment-->
<h1>Auftakt<o:p></o:p></h1>
<p class=MsoNormal>Wir haben <b style='mso-bidi-font-weight:normal'>viel</b> vor:<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span></span><![endif]>Familien fragen<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='font-family:"Courier New"'><span style='mso-list:Ignore'>o<span style='font:7.0pt "Times New Roman"'>&nbsp;
</span></span></span><![endif]>im Elterncafé<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span>&nbsp; </span></span><![endif]>Ergebnisse teilen<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><!--[if !supportLists]--><span>3.<span>&nbsp;&nbsp;
</span></span><!--[endif]-->Termin finden</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><!--[if !supportLists]--><span>4.<span>&nbsp;&nbsp;
</span></span><!--[endif]-->Einladen</p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoNormal>Danke.</p>
<!--EndFragment--></body></html>`

/**
 * Shape: ckeditor/ckeditor5 (GPL-2.0-or-later), packages/ckeditor5-paste-from-office/tests/_data,
 * table/tablecellproperties/input.html.
 */
export const WORD_TABLE = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><!--StartFragment-->
<table class=MsoTableGrid border=1 cellspacing=0 style='border-collapse:collapse'>
 <tr><td width=302 colspan=2 valign=top style='width:226.5pt'><p class=MsoNormal
 style='line-height:normal'>Angebote<o:p></o:p></p></td></tr>
 <tr><td width=151><p class=MsoNormal>Kita<o:p></o:p></p></td><td width=151><p class=MsoNormal><span
 style='color:red'>offen</span></p></td></tr>
</table><!--EndFragment--></body></html>`

/**
 * Shape: what WordPress/gutenberg (GPL-2.0-or-later) looks for in a paste,
 * packages/blocks/src/api/raw-handling/ms-strip-footnotes.js, and the footnotes of Microsoft's Office
 * HTML and XML Reference.
 */
export const WORD_FOOTNOTE = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><!--StartFragment-->
<p class=MsoNormal>Jedes fünfte Kind<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1"
title=""><span class=MsoFootnoteReference>[1]</span></a> ist betroffen.</p>
<div style='mso-element:footnote-list'><![if !supportFootnotes]><br clear=all><hr align=left width="33%"><![endif]>
<div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a style='mso-footnote-id:ftn1'
href="#_ftnref1" name="_ftn1" title=""><span class=MsoFootnoteReference>[1]</span></a> Eigene Zählung, 2023.</p></div>
</div><!--EndFragment--></body></html>`

/**
 * Shape: WordPress/gutenberg (GPL-2.0-or-later), packages/blocks/src/api/raw-handling/
 * ms-strip-comments.js, for the comment; Microsoft's Office HTML and XML Reference for the tracked
 * change. With a picture from the writer's own disk.
 */
export const WORD_CHANGES = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><!--StartFragment-->
<p class=MsoNormal>Der <del cite="mailto:Alex">alte</del><ins cite="mailto:Alex">neue</ins> Satz.<span
class=MsoCommentReference><a href="#_msocom_1">[A1]</a></span><img width=10 src="file:///C:/tmp/a.png"></p>
<div style='mso-element:comment-list'><div style='mso-element:comment'><p class=MsoCommentText>Warum?</p></div></div>
<!--EndFragment--></body></html>`

/**
 * Shape: microsoft/roosterjs (MIT), packages/roosterjs-content-model-plugins/test/paste/word/
 * processPastedContentFromWacTest.ts: single items, each in a ListContainerWrapper.
 */
export const WORD_ONLINE = `<html><body><!--StartFragment--><div class="OutlineElement Ltr"><p class="Paragraph"
role="heading" aria-level="1"><span class="TextRun"><span class="NormalTextRun">Ziele</span></span></p></div>
<div class="ListContainerWrapper"><ul role="list"><li data-leveltext="" data-aria-level="1" role="listitem"><p
class="Paragraph"><span class="TextRun">Zugang</span></p></li></ul></div><div class="ListContainerWrapper"><ul
role="list"><li data-leveltext="o" data-aria-level="2"><p class="Paragraph"><span>Sprache</span></p></li></ul></div><div
class="ListContainerWrapper"><ul role="list"><li data-aria-level="1"><p><span>Zeit</span></p></li></ul></div>
<!--EndFragment--></body></html>`

/**
 * Shape: microsoft/roosterjs (MIT), packages/roosterjs-content-model-plugins/test/paste/e2e/
 * cmPasteFromExcelTest.ts, "Copy Table with text color in cell"; with a blank row and column, as whole
 * columns are copied.
 */
export const EXCEL = `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>.xl65 {mso-style-parent:style0;}</style>
</head><body link="#0563C1"><table border=0 cellpadding=0 style='border-collapse:collapse'><!--StartFragment-->
 <col width=80><col width=80><col width=80>
 <tr height=20><td class=xl65 width=80>Bezirk</td><td class=xl65>Anzahl</td><td>&nbsp;</td></tr>
 <tr height=20><td>Mitte</td><td align=right>12</td><td></td></tr>
 <tr height=20><td></td><td></td><td></td></tr>
<!--EndFragment--></table></body></html>`

/**
 * Shape: odoo/odoo (LGPL-3.0), odoo/addons/base/tests/test_mail_examples.py, MSOFFICE_1: an answer
 * written in Outlook for Windows, with the head of the mail that it answers.
 */
export const OUTLOOK = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!--
p.MsoNormal {margin:0cm;font-size:11.0pt;} div.WordSection1 {page:WordSection1;} --></style></head><body lang=DE
link=blue vlink=purple><div class=WordSection1><p class=MsoNormal><span style='font-size:11.0pt;font-family:
"Calibri","sans-serif";color:#1F497D'>Guten Tag,<o:p></o:p></span></p><p class=MsoNormal><span
style='color:#1F497D'><o:p>&nbsp;</o:p></span></p><p class=MsoNormal><span style='color:#1F497D'>der Termin steht:
<a href="https://example.org/termin"><span style='color:blue'>Kalender</span></a><o:p></o:p></span></p><div><div
style='border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal><b><span
style='font-size:10.0pt;font-family:"Tahoma","sans-serif"'>Von:</span></b><span style='font-size:10.0pt'> Leitstelle<br>
<b>Betreff:</b> Termin<o:p></o:p></span></p></div></div><p class=MsoNormal><o:p>&nbsp;</o:p></p><p
class=MsoNormal>Wann treffen wir uns?<o:p></o:p></p></div></body></html>`

/**
 * Shape: microsoft/roosterjs (MIT), packages/roosterjs-content-model-plugins/test/paste/e2e/
 * cmPasteTest.ts, "Paste Table and keep borders": a table copied in Outlook on the web, which keeps
 * the colours that its dark view replaced (data-ogsb, data-ogsc).
 */
export const OUTLOOK_WEB = `<html>
<body>
<!--StartFragment--><table style="font-size: 15px; orphans: 2; width: 170pt; border-collapse: collapse; box-sizing:
border-box;"><tbody><tr><td data-ogsb="white" style="white-space: nowrap; border: 0.5pt solid; background-color: white
!important;"><div style="border: 0px; font: inherit; margin: 0px;"><span data-ogsc="black" style="font-weight: 700;
font-size: 11pt; color: black !important;">Nr.</span></div></td><td data-ogsb="white" style="border-top: 0.5pt
solid;"><div style="font: inherit;"><span data-ogsc="black" style="font-weight: 700; color: black
!important;">Aufgabe</span></div></td></tr><tr><td><div>1</div></td><td><div>Raum buchen</div></td></tr></tbody></table><!--EndFragment-->
</body>
</html>`

/** Shape: leemunroe/responsive-html-email-template (MIT), email.html: a mail within tables for its layout. */
export const MAIL_IN_TABLES = `<html><body><table role="presentation" border="0" cellpadding="0" cellspacing="0"
class="body"><tr><td>&nbsp;</td><td class="container"><table role="presentation" class="main"><tr><td class="wrapper"><p>Hallo
zusammen,</p><p>das Treffen fällt aus.</p></td></tr></table></td><td>&nbsp;</td></tr></table></body></html>`

/**
 * Shape: ckeditor/ckeditor5 (GPL-2.0-or-later), packages/ckeditor5-paste-from-office/tests/_data/
 * paste-from-google-docs, bold-wrapper/simple-text and lists/mixed-list, input.html.
 */
export const GOOGLE_DOCS = `<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"
style="line-height:1.38;"><span style="font-weight:400;">Ein </span><span style="font-weight:700;">wichtiger</span><span
style="font-weight:400;"> und </span><span style="font-style:italic;">leiser</span><span> Satz.</span></p><ul><li
dir="ltr" aria-level="1"><p role="presentation"><span>Punkt</span></p></li></ul></b>`

/**
 * Shape: facebook/lexical (MIT), packages/lexical-playground/__tests__/e2e/CopyAndPaste/html/
 * LinksHTMLCopyAndPaste.spec.mjs, "Copy + paste empty link #3193": a web page copied in Chrome, each
 * element with its computed styles. What is hidden, runs or counts readers is ours.
 */
export const WEB_PAGE = `<meta charset='utf-8'><h1 id="top" style="font-size: 28px; font-weight: 700; orphans: 2;
widows: 2; background-color: rgb(255, 255, 255);">Familienbüro</h1><div class="xisnujt x1e56ztr" style="margin-bottom:
8px; font-family: system-ui, -apple-system, sans-serif; color: rgb(5, 5, 5); font-size: 15px; font-weight: 400;
white-space: normal; -webkit-text-stroke-width: 0px; text-decoration-thickness: initial;"><span class="x193iq5w"
style="overflow-wrap: break-word; font-weight: 400;">Öffnungszeiten: <span style="font-family: inherit;"><a
class="x1i10hfl" href="https://example.org/" rel="nofollow noreferrer" role="link" tabindex="0" target="_blank"
onclick="t()" style="cursor: pointer; text-decoration: none; display: inline;"><span class="xt0psk2" style="display:
inline;"><span>hier</span></span></a></span></span></div><ul class="x1e56ztr" style="list-style-type: circle; margin:
8px 0px; padding: 0px 0px 0px 32px;"><li><div style="min-height: 20px;"><span style="font-weight:
400;">Dienstag</span></div></li><li><div style="min-height: 20px;"><span style="font-weight: 400;">Freitag<span
style="display: none">unsichtbar</span></span></div></li></ul><script>t()</script><img
src="https://example.org/pixel.gif"><p>Schluss<br class="Apple-interchange-newline"></p>`

/** Shape: revin/markdown-it-task-lists (ISC), test/index.js: the classes that GitHub uses. */
export const TASK_LIST = `<ul class="contains-task-list"><li class="task-list-item"><input type="checkbox" checked
disabled> fertig</li><li class="task-list-item"><input type="checkbox" disabled> offen</li></ul>`
