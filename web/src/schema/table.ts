/**
 * Tables. A merge may leave rows of different length, empty rows and spans that collide; all of it
 * may stand and is shown as a browser shows such a table. Whoever changes the table's shape mends it.
 */
import { Node } from '@tiptap/core'

import pageSchema from '../../../data/schema/page.json'
import { wholeOf } from './attributes'

const { colspan, rowspan, colwidth } = pageSchema.nodes.tableCell.attributes

/** What prosemirror-tables calls the nodes. */
const ROLES: Record<string, string> = {
  table: 'table',
  tableRow: 'row',
  tableHeader: 'header_cell',
  tableCell: 'cell',
}

/** Widths of the columns that a cell spans, in pixels; null if any is missing or out of bounds. */
export function widthsOf(value: unknown, columns: number): number[] | null {
  if (!Array.isArray(value) || value.length !== columns) return null
  const fits = (width: unknown): boolean =>
    Number.isInteger(width) && Number(width) >= colwidth.min && Number(width) <= colwidth.max
  return value.every(fits) ? (value as number[]) : null
}

function readWidths(element: HTMLElement): number[] | null {
  const text = element.getAttribute('data-colwidth')
  if (text === null) return null
  const columns = wholeOf(element.getAttribute('colspan'), colspan)
  return widthsOf(text.split(',').map(Number), columns)
}

/** A span is written only where it is more than one. */
function span(name: 'colspan' | 'rowspan', bounds: { min: number; max: number }) {
  return {
    default: 1,
    parseHTML: (element: HTMLElement) => wholeOf(element.getAttribute(name), bounds),
    renderHTML: (attributes: Record<string, unknown>) => {
      const value = wholeOf(attributes[name], bounds)
      return value === 1 ? {} : { [name]: value }
    },
  }
}

function cell(name: 'tableCell' | 'tableHeader', tag: 'td' | 'th') {
  return Node.create({
    name,
    content: 'block*',
    isolating: true,
    addAttributes: () => ({
      colspan: span('colspan', colspan),
      rowspan: span('rowspan', rowspan),
      colwidth: {
        default: null,
        parseHTML: readWidths,
        renderHTML: ({ colwidth: widths }) =>
          Array.isArray(widths) ? { 'data-colwidth': widths.join(',') } : {},
      },
    }),
    parseHTML: () => [{ tag }],
    renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, 0],
  })
}

export const TableCell = cell('tableCell', 'td')
export const TableHeader = cell('tableHeader', 'th')

export const TableRow = Node.create({
  name: 'tableRow',
  content: '(tableCell | tableHeader)*',
  parseHTML: () => [{ tag: 'tr' }],
  renderHTML: () => ['tr', 0],
})

export const Table = Node.create({
  name: 'table',
  group: 'block',
  content: 'tableRow*',
  isolating: true,
  parseHTML: () => [{ tag: 'table' }],
  renderHTML: () => ['table', ['tbody', 0]],
  extendNodeSchema: ({ name }) => {
    const role = ROLES[name]
    return role === undefined ? {} : { tableRole: role }
  },
})
