import { firstComponent, firstFormat } from './first.ts'
import { secondComponent, secondFormat } from './second.ts'
import type { Key, Keys, Origin } from './shape.ts'

/** Keys that stand in one object, for people. */
export interface Section {
  readonly title: string
  /** Where the object stands: `services/components/health`. */
  readonly path: string
  readonly rows: readonly Row[]
}

export interface Row {
  readonly key: string
  readonly of: Origin
  readonly required: boolean
  /** What it takes. */
  readonly takes: string
  /** In words; nothing where there is none. */
  readonly fallback?: string
  readonly meaning: string
}

/** The table of all keys of swarm.json, object by object; what both formats have stands there once. */
export function sections(): readonly Section[] {
  const first = firstComponent.keys ?? {}
  const second = secondComponent.keys ?? {}
  const of = (keys: Keys, ...origins: Origin[]) => filter(keys, ([, key]) => origins.includes(key.of))
  return [
    section('The app', '', firstFormat.keys),
    section('A service', 'services', firstFormat.keys?.services?.shape.keys),
    section('A component', 'services/components', of(first, 'first')),
    ...inside('services/components', of(first, 'first')),
    section('A component of either format', 'services/components', of(first, 'both')),
    ...inside('services/components', of(first, 'both')),
    section('Keys of our own', 'services/components', of(first, 'own')),
    ...inside('services/components', of(first, 'own')),
    section('The second format: the app', '', secondFormat.keys),
    section('The second format: a component', 'components', of(second, 'second')),
    ...inside('components', of(second, 'second')),
  ].filter((each, index, all) => index === all.findIndex(({ title }) => title === each.title))
}

const filter = (keys: Keys, keep: (entry: [string, Key]) => boolean): Keys =>
  Object.fromEntries(Object.entries(keys).filter(keep))

function inside(path: string, keys: Keys): Section[] {
  return Object.entries(keys).flatMap(([name, { shape }]) =>
    shape.keys ? [section(`Inside \`${name}\``, `${path}/${name}`, shape.keys)] : [],
  )
}

const section = (title: string, path: string, keys: Keys = {}): Section => ({
  title,
  path,
  rows: Object.entries(keys).map(([key, { shape, of, required = false, meaning, ...rest }]) => {
    const fallback = rest.fallbackWords ?? sayFallback(rest.fallback, shape.words)
    return { key, of, required, takes: shape.words, ...(fallback && { fallback }), meaning }
  }),
})

function sayFallback(value: unknown, words: string): string | undefined {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return undefined
  if (typeof value !== 'number' || !words.includes('duration')) return String(value)
  return value > 0 && value < 1 ? `${value * 1000}ms` : `${value}s`
}
