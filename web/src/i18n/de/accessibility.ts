/** The statement on accessibility: a draft that says honestly how far it is. */
export const accessibility = {
  'accessibility.title': 'Barrierefreiheit',
  'accessibility.lead':
    'Alle sollen in Denkraum lesen und schreiben können, mit jedem Gerät und jedem Hilfsmittel. Diese Erklärung ist ein Entwurf. Sie sagt, wie weit wir sind.',
  'accessibility.status': 'Wie weit sind wir?',
  'accessibility.status-text':
    'Maßstab sind die Barrierefreie-Informationstechnik-Verordnung (BITV 2.0) und die WCAG 2.2, Stufe AA. Eine Prüfung durch eine unabhängige Stelle steht noch aus. Bis dahin gilt Denkraum als teilweise barrierefrei.',
  'accessibility.checked': 'Was wir geprüft haben',
  'accessibility.checked-axe':
    'Alle Ansichten automatisch mit dem Werkzeug axe: auf breiten und schmalen Bildschirmen, hell und dunkel.',
  'accessibility.checked-keyboard':
    'Die Bedienung mit der Tastatur: anmelden, suchen, Seiten anlegen, lesen und schreiben. Alle Tasten für das Schreiben zeigt auf einer Seite die Taste F1.',
  'accessibility.checked-contrast':
    'Die Farben: Text hebt sich mindestens 4,5 zu 1 ab, Bedienelemente 3 zu 1. Keine Angabe hängt an der Farbe allein.',
  'accessibility.missing': 'Was noch fehlt',
  'accessibility.missing-reader':
    'Eine Prüfung mit Vorleseprogrammen wie NVDA, JAWS und VoiceOver, vor allem beim Schreiben zu mehreren.',
  'accessibility.missing-carets':
    'Wo andere gerade schreiben, ist im Text nur zu sehen. Vorgelesen wird, wer auf der Seite ist, nicht an welcher Stelle.',
  'accessibility.missing-users': 'Eine Prüfung durch Menschen, die Hilfsmittel täglich nutzen.',
  'accessibility.missing-languages':
    'Erläuterungen in Leichter Sprache und in Deutscher Gebärdensprache.',
  'accessibility.feedback': 'Sie stoßen auf eine Barriere?',
  'accessibility.feedback-text':
    'Sagen Sie es der Koordination Ihrer Geschäftsstelle. Am besten nennen Sie die Adresse der Seite und was nicht ging. Sie gibt es an die Entwicklung weiter und hilft Ihnen bis dahin auf anderem Weg.',
}
