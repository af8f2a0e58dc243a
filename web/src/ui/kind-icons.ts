/** The icons that kinds of page may name in their declaration; an unknown name shows a plain page. */
import BookOpen from '@lucide/svelte/icons/book-open'
import ChartNoAxesColumn from '@lucide/svelte/icons/chart-no-axes-column'
import FileText from '@lucide/svelte/icons/file-text'
import Flag from '@lucide/svelte/icons/flag'
import HandHelping from '@lucide/svelte/icons/hand-helping'
import Lightbulb from '@lucide/svelte/icons/lightbulb'
import NotebookPen from '@lucide/svelte/icons/notebook-pen'
import Presentation from '@lucide/svelte/icons/presentation'
import Route from '@lucide/svelte/icons/route'
import Sprout from '@lucide/svelte/icons/sprout'

const icons: Record<string, typeof FileText> = {
  'book-open': BookOpen,
  'chart-no-axes-column': ChartNoAxesColumn,
  'file-text': FileText,
  flag: Flag,
  'hand-helping': HandHelping,
  lightbulb: Lightbulb,
  'notebook-pen': NotebookPen,
  presentation: Presentation,
  route: Route,
  sprout: Sprout,
}

export const kindIcon = (name: string): typeof FileText => icons[name] ?? FileText
