import { ApiProblem } from './problem.ts'
import { paramsIn, type Route } from './route.ts'

export interface FoundRoute {
  readonly route: Route
  readonly params: Readonly<Record<string, string>>
}

/** The route of a request, by the path of its URL. Throws an ApiProblem where there is none. */
export function findRoute(routes: readonly Route[], method: string, pathname: string): FoundRoute {
  const path = decoded(pathname)
  const fits = routes.flatMap((route) => {
    const params = paramsIn(route.path, path)
    return params ? [{ route, params }] : []
  })
  const found = fits.find(({ route }) => route.method === method)
  if (found) return found
  if (fits.length === 0) throw new ApiProblem('no such path', 'There is nothing at this path.')
  const allowed = fits.map(({ route }) => route.method).join(', ')
  throw new ApiProblem('wrong method', `It takes ${allowed}.`, { Allow: allowed })
}

function decoded(pathname: string): string {
  try {
    return pathname.split('/').map(decodeURIComponent).join('/')
  } catch {
    throw new ApiProblem('no such path', 'There is nothing at this path.')
  }
}
