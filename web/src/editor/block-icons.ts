/** The icons of the blocks in menus and toolbars. */
import Asterisk from '@lucide/svelte/icons/asterisk'
import CircleQuestionMark from '@lucide/svelte/icons/circle-question-mark'
import Compass from '@lucide/svelte/icons/compass'
import FileText from '@lucide/svelte/icons/file-text'
import Handshake from '@lucide/svelte/icons/handshake'
import Heading1 from '@lucide/svelte/icons/heading-1'
import Heading2 from '@lucide/svelte/icons/heading-2'
import Heading3 from '@lucide/svelte/icons/heading-3'
import Info from '@lucide/svelte/icons/info'
import List from '@lucide/svelte/icons/list'
import ListCollapse from '@lucide/svelte/icons/list-collapse'
import ListOrdered from '@lucide/svelte/icons/list-ordered'
import ListTodo from '@lucide/svelte/icons/list-todo'
import MessageSquareQuote from '@lucide/svelte/icons/message-square-quote'
import Minus from '@lucide/svelte/icons/minus'
import Pilcrow from '@lucide/svelte/icons/pilcrow'
import Sparkles from '@lucide/svelte/icons/sparkles'
import SquareCode from '@lucide/svelte/icons/square-code'
import Table from '@lucide/svelte/icons/table'
import TextQuote from '@lucide/svelte/icons/text-quote'

import type { Block } from './blocks'

export const BLOCK_ICONS: Record<Block, typeof List> = {
  paragraph: Pilcrow,
  heading1: Heading1,
  heading2: Heading2,
  heading3: Heading3,
  bullets: List,
  numbers: ListOrdered,
  tasks: ListTodo,
  quote: TextQuote,
  table: Table,
  openQuestion: CircleQuestionMark,
  guidingQuestion: Compass,
  familyVoice: MessageSquareQuote,
  insight: Sparkles,
  agreement: Handshake,
  callout: Info,
  collapsible: ListCollapse,
  footnote: Asterisk,
  code: SquareCode,
  rule: Minus,
  page: FileText,
}
