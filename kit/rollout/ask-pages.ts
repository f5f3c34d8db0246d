/** How a page was answered; `status` 0: not at all. */
export interface Asked {
  readonly path: string
  readonly status: number
  readonly why: string
}

/**
 * Asks an instance whether it is ready, and for pages of every kind: fixed ones and a sample of its sitemap.
 * Runs inside the container as text, so it uses nothing but what Node has.
 */
export async function askPages(origin: string, paths: readonly string[], sample: number): Promise<Asked[]> {
  const ask = async (path: string): Promise<Asked & { text: string }> => {
    try {
      const answer = await fetch(origin + path, { redirect: 'manual', signal: AbortSignal.timeout(10_000) })
      return { path, status: answer.status, why: '', text: await answer.text() }
    } catch (error) {
      return { path, status: 0, why: String((error as Error).cause ?? error), text: '' }
    }
  }
  const { text: sitemap } = await ask('/sitemap.xml')
  const all = [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url = '']) => new URL(url).pathname)
  const every = Math.max(1, Math.floor(all.length / sample))
  const sampled = all.filter((_, index) => index % every === 0).slice(0, sample)
  const answers: Asked[] = []
  for (const path of new Set([...paths, ...sampled])) {
    const { status, why } = await ask(path)
    answers.push({ path, status, why })
  }
  return answers
}

/** The program that asks, for `node -e`; it prints what it was answered as JSON. */
export const askingProgram = (origin: string, paths: readonly string[], sample: number): string =>
  `(${askPages})(${JSON.stringify(origin)}, ${JSON.stringify(paths)}, ${sample})` +
  '.then((answers) => console.log(JSON.stringify(answers)))'

/** What speaks against an image: a page that was not answered, or with an error of the server. */
export const refused = (answers: readonly Asked[]): Asked[] =>
  answers.filter(({ status }) => status === 0 || status >= 500)
