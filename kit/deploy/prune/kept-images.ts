/** An image by its digest: `registry:5000/app@sha256:…`, whatever its tag. */
export const byDigest = (image: string): string => {
  const [name = '', digest = ''] = image.split('@')
  return digest === '' ? image : `${repositoryOf(name)}@${digest}`
}

/** `registry:5000/app` of `registry:5000/app:2@sha256:…`. As engines list them: without Docker Hub's own name. */
export const repositoryOf = (image: string): string =>
  (image.split('@')[0] ?? '').replace(/:[^:/]+$/, '').replace(/^(?:docker\.io\/)(?:library\/)?/, '')

/** What is looked for on the nodes, and what of it stays. */
export interface ImageFacts {
  /** Of the releases of this app. */
  readonly own: readonly string[]
  /** Of all apps' releases and of all services in the swarm. */
  readonly used: readonly string[]
}

/** Only images of repositories that the app's own releases name are removed, and none that anybody still needs. */
export function keptImages({ own, used }: ImageFacts): { repositories: string[]; keep: string[] } {
  return {
    repositories: [...new Set(own.map(repositoryOf))].sort(),
    keep: [...new Set([...own, ...used].map(byDigest))].sort(),
  }
}
