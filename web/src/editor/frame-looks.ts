/** What the editor shows of each frame. Its name and the words that find it are in `i18n/…/edit`. */
import { ATTRIBUTE_MAX, CONSENTS, TONES } from '../schema/attributes'
import type { FrameName } from '../schema/frames'
import type { BlockField } from './block-fields'
import type { IconName } from './icons'

interface FrameLook {
  icon: IconName
  /** What a person may fill in. */
  fields?: readonly BlockField[]
}

export const FRAME_LOOKS: Readonly<Record<FrameName, FrameLook>> = {
  openQuestion: { icon: 'circle-question-mark' },
  guidingQuestion: { icon: 'compass' },
  familyVoice: {
    icon: 'message-square-quote',
    fields: [
      { name: 'method', kind: 'line', max: ATTRIBUTE_MAX.method },
      { name: 'month', kind: 'month' },
      { name: 'consent', kind: 'choice', choices: CONSENTS, none: true },
    ],
  },
  insight: { icon: 'sparkles' },
  agreement: {
    icon: 'handshake',
    fields: [
      { name: 'who', kind: 'line', max: ATTRIBUTE_MAX.who },
      { name: 'until', kind: 'day' },
    ],
  },
  callout: {
    icon: 'info',
    fields: [{ name: 'tone', kind: 'choice', choices: TONES, none: false }],
  },
  collapsible: { icon: 'list-collapse' },
}
