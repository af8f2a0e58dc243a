/** Files that are attached to a page. */
export const attachments = {
  'attachment.title': 'Attachments',
  'attachment.none': 'No attachments yet.',
  'attachment.add': 'Attach files',
  'attachment.hint': 'Or drop files here. Everybody who reads this page can open them.',
  'attachment.meta': (v: { size: string; name: string; moment: string }) =>
    `${v.size}, ${v.name}, ${v.moment}`,
  'attachment.no-text': 'Its text cannot be searched.',
  'attachment.reading': 'Its text is still being read.',
  'attachment.nobody': 'Unknown',
  'attachment.remove': 'Remove',
  'attachment.remove-of': (v: { name: string }) => `Remove ${v.name}`,
  'attachment.sure': (v: { name: string }) => `Really remove ${v.name}?`,
  'attachment.remove-sure': 'Really remove',
  'attachment.keep': 'Keep',
  'attachment.removed': (v: { name: string }) => `${v.name} is removed.`,
  'attachment.waiting': 'waiting',
  'attachment.sending': (v: { percent: number }) => `being sent, ${v.percent} per cent`,
  'attachment.storing': 'being saved',
  'attachment.begun': (v: { count: number; name: string }) =>
    v.count === 1 ? `${v.name} is being sent.` : `${v.count} files are being sent.`,
  'attachment.saved': (v: { count: number; name: string }) =>
    v.count === 1 ? `${v.name} is saved.` : `${v.count} files are saved.`,
  'attachment.too-large': (v: { max: string }) =>
    `This file is too large. At most ${v.max} are possible.`,
  'attachment.unreachable': 'The connection broke off, the file is not saved. Please try again.',
  'attachment.not-added': (v: { name: string }) => `${v.name} is not attached.`,
  'attachment.dismiss': (v: { name: string }) => `Discard ${v.name}`,
}
