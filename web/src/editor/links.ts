/** Links to addresses outside, on the selection or the link at the caret. */
import type { Editor } from '@tiptap/core'

import { safeUrl } from '../schema/safe-url'

/** Sets the address; what is no safe address changes nothing. */
export function setLink(editor: Editor, href: string): void {
  const address = safeUrl(href)
  if (address === null) return
  const chain = editor.chain().extendMarkRange('link')
  if (editor.state.selection.empty && !editor.isActive('link')) {
    chain.insertContent({
      type: 'text',
      text: address,
      marks: [{ type: 'link', attrs: { href: address } }],
    })
  } else {
    chain.setMark('link', { href: address })
  }
  chain.run()
}

/** Takes the link away; its words stay. */
export function removeLink(editor: Editor): void {
  editor.chain().extendMarkRange('link').unsetMark('link').run()
}
