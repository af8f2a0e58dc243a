/** The fields of a page: questions with answers in place. */
export const fields = {
  'fields.yes': 'Yes',
  'fields.no': 'No',
  'fields.from': 'from',
  'fields.to': 'to',
  'fields.step': (v: { step: number; of: number }) => `Step ${v.step} of ${v.of}`,
  'fields.how': 'How is it met?',
  'fields.no-choice': 'not said',
  'fields.empty.text': 'No answer yet. Write here',
  'fields.empty.choice': 'No answer yet. Choose',
  'fields.empty.date': 'No day yet. Choose a day',
  'fields.empty.number': 'No number yet. Enter one',
  'fields.empty.page': 'No page yet. Link a page',
  'fields.empty.list': 'No entry yet. Add one',
  'fields.change': 'Change answer',
  'fields.clear': 'Remove answer',
  'fields.here': (v: { name: string }) => `${v.name} is here`,
  'fields.limits': (v: { min: number | null; max: number | null }) => {
    if (v.min !== null && v.max !== null) return `Numbers from ${v.min} to ${v.max} are possible.`
    if (v.min !== null) return `Numbers from ${v.min} on are possible.`
    return v.max === null ? 'A number goes here.' : `Numbers up to ${v.max} are possible.`
  },
  'fields.entry': (v: { number: number }) => `Entry ${v.number}`,
  'fields.add-entry': 'Add entry',
  'fields.remove-entry': 'Remove entry',
  'fields.up': 'Move entry up',
  'fields.down': 'Move entry down',
  'fields.find-page': 'Find a page',
  'fields.pages': 'Pages found',
  'fields.no-page': 'No page found.',
  'fields.remove-page': 'Remove page',
}
