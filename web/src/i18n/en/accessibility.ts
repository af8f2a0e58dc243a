/** The statement on accessibility: a draft that says honestly how far it is. */
export const accessibility = {
  'accessibility.title': 'Accessibility',
  'accessibility.lead':
    'Everyone should be able to read and write in Denkraum, with any device and any aid. This statement is a draft. It says how far we are.',
  'accessibility.status': 'How far are we?',
  'accessibility.status-text':
    'The measure is the German regulation BITV 2.0 and WCAG 2.2, level AA. An audit by an independent body is still to come. Until then, Denkraum counts as partially accessible.',
  'accessibility.checked': 'What we have checked',
  'accessibility.checked-axe':
    'All screens automatically with the tool axe: on wide and narrow windows, light and dark.',
  'accessibility.checked-keyboard':
    'Use with the keyboard: signing in, searching, creating pages, reading and writing. On a page, the key F1 shows all keys for writing.',
  'accessibility.checked-contrast':
    'The colours: text stands out at least 4.5 to 1, controls 3 to 1. Nothing is said by colour alone.',
  'accessibility.missing': 'What is still missing',
  'accessibility.missing-reader':
    'A check with screen readers such as NVDA, JAWS and VoiceOver, above all for writing together.',
  'accessibility.missing-carets':
    'Where others are writing can only be seen in the text. Screen readers say who is on the page, not at which place.',
  'accessibility.missing-users': 'A check by people who use aids every day.',
  'accessibility.missing-languages':
    'Explanations in easy-to-read German and in German Sign Language.',
  'accessibility.feedback': 'Have you met a barrier?',
  'accessibility.feedback-text':
    'Tell the coordination of your office. It helps to name the address of the page and what did not work. They pass it on to the developers and help you another way until then.',
}
