/** Where the districts stand, ready for the map and its list. */
import { spaceHref } from '../../state/address'
import type { Outlines } from '../../state/outlines.svelte'
import type { Overview, Start } from '../../state/overview.svelte'
import type { Catalogue } from '../../state/session.svelte'
import type { MapLegend, MapLook, MapPlace } from '../../ui/map/map'
import { byName, type Words } from '../present'

type District = Start['districts'][number]

const order: readonly MapLook[] = ['solid', 'hatched', 'plain']

/** How the map draws the state of an agreement. */
export function lookOf(agreement: string | null, overview: Overview): MapLook {
  const parts = overview.strategy?.agreement
  if (agreement === null || parts === undefined) return 'plain'
  if (parts.solid.includes(agreement)) return 'solid'
  return parts.hatched.includes(agreement) ? 'hatched' : 'plain'
}

/** The choices of the field with the agreement's state. */
function states(catalogue: Catalogue) {
  const { strategy } = catalogue.overview
  const kind = catalogue.kinds.find(({ id }) => id === strategy?.kind)
  const field = kind?.fields.find(({ name }) => name === strategy?.agreement?.field)
  return catalogue.taxonomies[field?.taxonomy ?? ''] ?? []
}

/** The word for the state of an agreement; one that nobody has set counts as the plain one. */
function word(agreement: string | null, words: Words): string {
  const { catalogue } = words.session
  const known = states(catalogue)
  const said = known.find(({ id }) => id === agreement)
  const plain = known.find(({ id }) => lookOf(id, catalogue.overview) === 'plain')
  const term = said ?? plain
  return term === undefined ? words.i18n.t('start.map.none') : words.i18n.pick(term.label)
}

/** What each look means, in the order of the legend; a look that no state has is left out. */
export function mapLegend(words: Words): MapLegend[] {
  const { catalogue } = words.session
  return order.flatMap((look) => {
    const terms = states(catalogue).filter(({ id }) => lookOf(id, catalogue.overview) === look)
    const label = terms.map((term) => words.i18n.pick(term.label)).join(', ')
    return label === '' ? [] : [{ look, label }]
  })
}

/** The districts: agreed ones first, then by name. */
export function mapPlaces(
  districts: readonly District[],
  outlines: Outlines,
  words: Words,
): MapPlace[] {
  const { session, i18n } = words
  const { overview } = session.catalogue
  const steps = overview.strategy?.steps.length ?? 0
  const known = districts.flatMap((district) => {
    const space = session.space(district.space)
    return space === undefined ? [] : [{ district, space }]
  })
  const rank = (one: District): number => order.indexOf(lookOf(one.agreement, overview))
  return known
    .sort((a, b) => rank(a.district) - rank(b.district) || byName(a.space, b.space))
    .map(({ district, space }) => ({
      id: space.id,
      href: spaceHref(space.id),
      name: space.name,
      fact: word(district.agreement, words),
      look: lookOf(district.agreement, overview),
      step:
        district.step === null
          ? null
          : {
              number: district.step,
              text: i18n.t('start.map.step', { step: district.step, of: steps }),
            },
      mine: space.id === session.me.home,
      area: outlines.areas.find((area) => area.key === space.key),
      shape: outlines.emblem(space.key),
    }))
}
