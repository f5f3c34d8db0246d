/** What a request is for, as the groups of app/routes.ts; everything that is in none of them counts as `public`. */
export const requestKinds = ['plain', 'public', 'query', 'form', 'private', 'hook', 'operator'] as const
export type RequestKind = (typeof requestKinds)[number]

export type KindOf = (path: string) => RequestKind

type Table = { readonly [Kind in RequestKind]: readonly { readonly path: string }[] }

/** Tells the kind by the path, without its query. */
export function kindByPath(routes: Table): KindOf {
  const exact = new Map<string, RequestKind>()
  const below: (readonly [string, RequestKind])[] = []
  for (const kind of requestKinds.filter((kind) => kind !== 'public'))
    for (const { path } of routes[kind]) {
      const star = path.indexOf('*')
      if (star < 0) exact.set(path, kind)
      else below.push([path.slice(0, star), kind])
    }
  return (path) => exact.get(path) ?? below.find(([start]) => path.startsWith(start))?.[1] ?? 'public'
}
