/** Tables of other programs: data stays a table, a table that was only made for layout goes. */

/** Mails and old web pages arrange their text in tables; one cell is no table at all. */
function isLayout(table: HTMLTableElement): boolean {
  if (table.getAttribute('role') === 'presentation') return true
  const rows = table.rows.length
  return table.querySelector('table') !== null || (rows === 1 && table.rows[0]?.cells.length === 1)
}

function isBlank(element: Element): boolean {
  return element.textContent.replace(/\u00a0/g, ' ').trim() === ''
}

/** Excel copies whole columns: rows and columns without a word at the end are left out. */
function cutBlankEnds(table: HTMLTableElement): void {
  for (let row = table.rows.length - 1; row > 0; row -= 1) {
    const last = table.rows[row]
    if (last === undefined || !isBlank(last)) break
    last.remove()
  }
  const rows = [...table.rows]
  const spans = rows.some((row) =>
    [...row.cells].some((cell) => cell.colSpan > 1 || cell.rowSpan > 1),
  )
  if (spans) return
  const widest = Math.max(0, ...rows.map((row) => row.cells.length))
  for (let column = widest - 1; column > 0; column -= 1) {
    const cells = rows.map((row) => row.cells[column]).filter((cell) => cell !== undefined)
    if (!cells.every(isBlank)) break
    for (const cell of cells) cell.remove()
  }
}

export function plainTables(source: DocumentFragment): void {
  // Inner ones first: what is left of an outer one decides about it.
  for (const table of [...source.querySelectorAll('table')].reverse()) {
    if (isLayout(table)) {
      const parts = [...table.querySelectorAll(':scope > * > tr > *, :scope > tr > *')]
      table.replaceWith(
        ...parts.map((part) => {
          const block = document.createElement('div')
          block.append(...part.childNodes)
          return block
        }),
      )
      continue
    }
    for (const extra of table.querySelectorAll('colgroup, col')) extra.remove()
    const caption = table.querySelector('caption')
    if (caption !== null) {
      const line = document.createElement('p')
      line.append(...caption.childNodes)
      caption.remove()
      table.before(line)
    }
    cutBlankEnds(table)
  }
}
