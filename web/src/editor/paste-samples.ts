/**
 * Test support: HTML as other programs put it on the clipboard. The words are ours; the shape follows
 * published samples, named at each.
 */

/** Shape: CKEditor 5, paste-from-office, tests/_data/list and basic-styles (Word 2016). */
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

/** Shape: CKEditor 5, paste-from-office, tests/_data/table (Word 2016). */
export const WORD_TABLE = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><!--StartFragment-->
<table class=MsoTableGrid border=1 cellspacing=0 style='border-collapse:collapse'>
 <tr><td width=302 colspan=2 valign=top style='width:226.5pt'><p class=MsoNormal
 style='line-height:normal'>Angebote<o:p></o:p></p></td></tr>
 <tr><td width=151><p class=MsoNormal>Kita<o:p></o:p></p></td><td width=151><p class=MsoNormal><span
 style='color:red'>offen</span></p></td></tr>
</table><!--EndFragment--></body></html>`

/** Shape: Word's "filtered" HTML as described in Microsoft's Office HTML and XML Reference. */
export const WORD_FOOTNOTE = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><!--StartFragment-->
<p class=MsoNormal>Jedes fünfte Kind<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1"
title=""><span class=MsoFootnoteReference>[1]</span></a> ist betroffen.</p>
<div style='mso-element:footnote-list'><![if !supportFootnotes]><br clear=all><hr align=left width="33%"><![endif]>
<div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a style='mso-footnote-id:ftn1'
href="#_ftnref1" name="_ftn1" title=""><span class=MsoFootnoteReference>[1]</span></a> Eigene Zählung, 2023.</p></div>
</div><!--EndFragment--></body></html>`

/** Shape: as above, with a tracked change, a comment and a picture. */
export const WORD_CHANGES = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><!--StartFragment-->
<p class=MsoNormal>Der <del cite="mailto:Alex">alte</del><ins cite="mailto:Alex">neue</ins> Satz.<span
class=MsoCommentReference><a href="#_msocom_1">[A1]</a></span><img width=10 src="file:///C:/tmp/a.png"></p>
<div style='mso-element:comment-list'><div style='mso-element:comment'><p class=MsoCommentText>Warum?</p></div></div>
<!--EndFragment--></body></html>`

/** Shape: CKEditor 5, paste-from-office, and TipTap issues about Word online (ListContainerWrapper). */
export const WORD_ONLINE = `<html><body><!--StartFragment--><div class="OutlineElement Ltr"><p class="Paragraph"
role="heading" aria-level="1"><span class="TextRun"><span class="NormalTextRun">Ziele</span></span></p></div>
<div class="ListContainerWrapper"><ul role="list"><li data-leveltext="" data-aria-level="1" role="listitem"><p
class="Paragraph"><span class="TextRun">Zugang</span></p></li></ul></div><div class="ListContainerWrapper"><ul
role="list"><li data-leveltext="o" data-aria-level="2"><p class="Paragraph"><span>Sprache</span></p></li></ul></div><div
class="ListContainerWrapper"><ul role="list"><li data-aria-level="1"><p><span>Zeit</span></p></li></ul></div>
<!--EndFragment--></body></html>`

/** Shape: CKEditor 5, paste-from-office, tests/_data/spreadsheet (Excel). */
export const EXCEL = `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>.xl65 {mso-style-parent:style0;}</style>
</head><body link="#0563C1"><table border=0 cellpadding=0 style='border-collapse:collapse'><!--StartFragment-->
 <col width=80><col width=80><col width=80>
 <tr height=20><td class=xl65 width=80>Bezirk</td><td class=xl65>Anzahl</td><td>&nbsp;</td></tr>
 <tr height=20><td>Mitte</td><td align=right>12</td><td></td></tr>
 <tr height=20><td></td><td></td><td></td></tr>
<!--EndFragment--></table></body></html>`

/** Shape: mails of Outlook for Windows: WordSection1 in a table made for layout. */
export const OUTLOOK = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><body>
<table role=presentation width=600><tr><td><div class=WordSection1><p class=MsoNormal><span
lang=DE style='font-family:"Calibri",sans-serif'>Guten Tag,<o:p></o:p></span></p><p class=MsoNormal>&nbsp;</p><p
class=MsoNormal>der Termin steht: <a href="https://example.org/termin"><span style='color:blue'>Kalender</span></a></p>
</div></td></tr></table></body></html>`

/** Shape: CKEditor 5, paste-from-office, tests/_data/paste-from-google-docs. */
export const GOOGLE_DOCS = `<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"
style="line-height:1.38;"><span style="font-weight:400;">Ein </span><span style="font-weight:700;">wichtiger</span><span
style="font-weight:400;"> und </span><span style="font-style:italic;">leiser</span><span> Satz.</span></p><ul><li
dir="ltr" aria-level="1"><p role="presentation"><span>Punkt</span></p></li></ul></b>`

/** Shape: any web page copied from a browser (computed styles, hidden parts, tracking picture). */
export const WEB_PAGE = `<html><body><!--StartFragment--><h1 style="color:#333" id="top">Familienbüro</h1><p
style="font: 16px sans-serif">Öffnungszeiten: <a href="https://example.org/" target="_blank" onclick="t()">hier</a></p><span
style="display: none">unsichtbar</span><script>t()</script><img src="https://example.org/pixel.gif"><p>Schluss<br
class="Apple-interchange-newline"></p><!--EndFragment--></body></html>`

/** Shape: task lists as GitHub shows them. */
export const TASK_LIST = `<ul class="contains-task-list"><li class="task-list-item"><input type="checkbox" checked
disabled> fertig</li><li class="task-list-item"><input type="checkbox" disabled> offen</li></ul>`
