/** Which spaces the rail offers besides one's own. */
import type { Catalogue, Space } from '../../state/session.svelte'

const most = 4

/**
 * The shared space, then districts visited in this tab, filled up in the order of the catalogue.
 * Shown in the order of the catalogue, so that nothing jumps.
 */
export function railPlaces(
  catalogue: Catalogue,
  home: string | null,
  visited: readonly string[],
): Space[] {
  const others = catalogue.spaces.filter((s) => s.id !== home && s.id !== catalogue.network)
  const seen = others.filter((s) => visited.includes(s.id))
  const rest = others.filter((s) => !visited.includes(s.id))
  const chosen = [...seen, ...rest].slice(0, Math.max(most - 1, seen.length))
  const network = catalogue.spaces.filter((s) => s.id === catalogue.network && s.id !== home)
  return [...network, ...others.filter((s) => chosen.includes(s))]
}
