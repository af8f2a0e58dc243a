/** Administration of the search. */
export const words = {
  'words.title': 'Tend the search',
  'words.lead':
    'Which words mean the same is best known by those who use them. What you save here counts from the next search on, for everybody.',
  'words.list': 'Synonyms and abbreviations',
  'words.hint':
    'One group a line: “Kita = Kindertagesstätte” finds both. With “=>” it holds in one direction only: “Geldsorgen => Schulden”. What stands behind “#” is a remark.',
  'words.unread': 'These lines could not be read and do not count:',
  'words.unread.line': (v: { line: number; text: string }) => `Line ${v.line}: ${v.text}`,
  'words.save': 'Save the list',
  'words.restore': 'Put in the list that came with it',
  'words.saved': 'Saved. The next search knows these words.',
  'words.missed': 'Searched without a hit',
  'words.missed.hint': 'Words and numbers only: who searched is not kept.',
  'words.missed.none': 'So far every search has found something.',
  'words.missed.text': 'Searched',
  'words.missed.count': 'How often',
  'words.missed.last': 'Last',
  'words.missed.forget': 'Begin to count anew',
}
