/** From what the server says about a space to what its page shows. Pure, so that it can be tested. */
import { dayText } from '../../i18n/days'
import { pageHref, spaceHref } from '../../state/address'
import type { Overview, SpaceOverview } from '../../state/overview.svelte'
import type {
  CellView,
  FactView,
  MatrixView,
  MilestoneView,
  QuestionView,
  StepView,
} from '../../ui/space/space'
import { titleOf, type Words } from '../present'
import { answerText, entryTexts, fieldOf, termsOf } from './answers'

type Parts = NonNullable<Overview['strategy']>
type OfferParts = NonNullable<Overview['offers']>

/** The answer to a question of the strategy. */
function answer(parts: Parts, name: string | undefined, space: SpaceOverview, words: Words) {
  const field = fieldOf(parts.kind, name, words.session.catalogue)
  const value = name === undefined ? undefined : space.strategy?.fields[name]
  const entries = entryTexts(field, value, words)
  return { field, text: answerText(field, value, words), entries }
}

/** What the district puts first; empty if nobody has said. */
export function focus(space: SpaceOverview, words: Words): string {
  const parts = words.session.catalogue.overview.strategy
  return parts === undefined ? '' : answer(parts, parts.focus, space, words).text
}

export function factViews(space: SpaceOverview, words: Words): FactView[] {
  const parts = words.session.catalogue.overview.strategy
  if (parts === undefined) return []
  const fact = (name: string | undefined, note: string): FactView[] => {
    const { field, text, entries } = answer(parts, name, space, words)
    if (field === undefined) return []
    const question = words.i18n.pick(field.question)
    return [
      {
        name: field.name,
        question,
        answer: text,
        entries: entries.length > 1 ? entries : [],
        note,
      },
    ]
  }
  const date = answer(parts, parts.agreement?.date, space, words).text
  const departments = answer(parts, parts.departments, space, words).text
  return [
    ...fact(parts.contact, ''),
    ...fact(parts.agreement?.field, date),
    ...fact(parts.team, departments),
  ]
}

export function stepViews(id: string, space: SpaceOverview, words: Words): StepView[] {
  const { i18n, session } = words
  const parts = session.catalogue.overview.strategy
  return (parts?.steps ?? []).map((step) => {
    const field = fieldOf(parts?.kind ?? '', step.field, session.catalogue)
    const value = space.strategy?.fields[step.field]
    const said = typeof value === 'string' ? value : ''
    const state = parts?.reached.includes(said)
      ? 'reached'
      : parts?.under_way.includes(said)
        ? 'under-way'
        : 'open'
    const links = step.kinds.flatMap((kind) => {
      const count = space.counts[kind] ?? 0
      const known = session.kind(kind)
      if (count === 0 || known === undefined) return []
      const text = `${count} ${i18n.pick(count === 1 ? known.label : known.plural)}`
      return [{ href: kindHref(id, kind), text }]
    })
    const named = space.strategy?.step_pages[step.pages ?? ''] ?? []
    const pages = named.map(({ id: page, title }) => ({
      href: pageHref(page, title),
      text: titleOf(title, i18n),
    }))
    return {
      field: step.field,
      state,
      word: answerText(field, said, words) || i18n.t('space.step.open'),
      title: i18n.pick(step.label),
      links: [...pages, ...links],
    }
  })
}

export function questionViews(space: SpaceOverview, words: Words): QuestionView[] {
  const parts = words.session.catalogue.overview.strategy
  return (parts?.questions ?? []).flatMap((name) => {
    if (parts === undefined) return []
    const { field, text } = answer(parts, name, space, words)
    if (field === undefined) return []
    return [{ name, question: words.i18n.pick(field.question), answer: text }]
  })
}

/** The pages of a space of one kind. */
export const kindHref = (space: string, kind: string): string =>
  `${spaceHref(space)}?seitenart=${kind}`

/** The offers in a cell of the table. */
function cellHref(space: string, parts: OfferParts, row: string, column: string): string {
  const wanted = [`${parts.rows}:${row}`, `${parts.columns}:${column}`]
  return `${kindHref(space, parts.kind)}${wanted.map((one) => `&mit=${encodeURIComponent(one)}`).join('')}`
}

/** The table of offers; null where the city has none, or nobody has described an offer yet. */
export function matrixView(
  id: string,
  place: string,
  space: SpaceOverview,
  words: Words,
): MatrixView | null {
  const { i18n, session } = words
  const parts = session.catalogue.overview.offers
  if (parts === undefined || space.offers.length === 0) return null
  const term = ({ id: choice, label }: { id: string; label: { de: string; en: string } }) => ({
    id: choice,
    label: i18n.pick(label),
  })
  const rowField = fieldOf(parts.kind, parts.rows, session.catalogue)
  const columnField = fieldOf(parts.kind, parts.columns, session.catalogue)
  const columns = termsOf(columnField, session.catalogue).map(term)
  const needed = (row: string, column: string): boolean =>
    !parts.not_needed.some(
      (cell) => cell.row === row && (cell.column === undefined || cell.column === column),
    )
  const cell = (row: { id: string; label: string }, column: (typeof columns)[number]): CellView => {
    const count = space.offers.filter(
      (offer) => offer.rows.includes(row.id) && offer.columns.includes(column.id),
    ).length
    if (count > 0) {
      const href = cellHref(id, parts, row.id, column.id)
      const spoken = i18n.t('space.cell', { count, row: row.label, column: column.label })
      return { kind: 'offers', column: column.id, count, href, spoken }
    }
    return { kind: needed(row.id, column.id) ? 'gap' : 'not-needed', column: column.id }
  }
  const rows = termsOf(rowField, session.catalogue)
    .map(term)
    .map((row) => ({ ...row, cells: columns.map((column) => cell(row, column)) }))
    // A row in which nothing is needed and nothing is there says nothing.
    .filter((row) => row.cells.some(({ kind }) => kind !== 'not-needed'))
  const names = {
    place,
    rows: rowField === undefined ? '' : i18n.pick(rowField.label),
    columns: columnField === undefined ? '' : i18n.pick(columnField.label),
  }
  const gaps = widestGaps(rows, columns)
  const caption = [
    i18n.t('space.matrix', names),
    gaps === null ? i18n.t('space.matrix.no-gaps') : i18n.t('space.matrix.gaps', gaps),
  ].join(' ')
  return { caption, corner: names.rows, columns, rows }
}

/** The row and the column with most gaps; null where there are none. */
function widestGaps(
  rows: MatrixView['rows'],
  columns: MatrixView['columns'],
): { row: string; column: string } | null {
  const gapsOf = (cells: readonly CellView[]): number =>
    cells.filter(({ kind }) => kind === 'gap').length
  const widest = (of: readonly { label: string; gaps: number }[]) =>
    of.reduce((most, one) => (one.gaps > most.gaps ? one : most), { label: '', gaps: 0 })
  const row = widest(rows.map(({ label, cells }) => ({ label, gaps: gapsOf(cells) })))
  const column = widest(
    columns.map(({ id, label }) => {
      const cells = rows.flatMap((one) => one.cells.filter((cell) => cell.column === id))
      return { label, gaps: gapsOf(cells) }
    }),
  )
  return row.gaps === 0 ? null : { row: row.label, column: column.label }
}

export function milestoneViews(space: SpaceOverview, words: Words): MilestoneView[] {
  return space.milestones.map(({ page, first, ahead }) => ({
    id: page.id,
    href: pageHref(page.id, page.title),
    title: titleOf(page.title, words.i18n),
    first,
    when: dayText(first, words.now, words.i18n.language),
    text: page.excerpt,
    ahead,
  }))
}
