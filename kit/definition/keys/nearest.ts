import { canonical } from './collections.ts'

/** The name that was probably meant, if one is close. */
export function nearest(written: string, names: readonly string[]): string | undefined {
  const wanted = canonical(written)
  const [best] = names
    .map((name) => ({ name, distance: distance(wanted, canonical(name)) }))
    .sort((a, b) => a.distance - b.distance)
  return best && best.distance <= Math.max(1, Math.floor(wanted.length / 4)) ? best.name : undefined
}

/** How many letters are to be added, removed or changed. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let place = 1; place <= from.length; place++) {
    const next = [place]
    for (let column = 1; column <= to.length; column++) {
      const changed = (row[column - 1] ?? 0) + Number(from[place - 1] !== to[column - 1])
      next.push(Math.min(changed, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}
