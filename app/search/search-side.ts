import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Config } from '../config/config.ts'
import type { Log } from '../logging/log.ts'
import type { Site } from '../pages/site.ts'
import type { QueryCounts } from './query-counts.ts'
import type { SearchAnswers } from './search-answers.ts'

/** The counts of what was searched for, for the operators. */
export type TopSearches = QueryCounts['top']

export interface SearchSide extends SearchAnswers {
  readonly top: TopSearches
  close(): Promise<void>
}

export interface SearchSideParts {
  readonly config: Pick<Config, 'cacheDir' | 'sessionsUrl'>
  readonly log: Log
  readonly site: () => Site
}

type Opened = {
  readonly answers: SearchAnswers
  readonly top: TopSearches
  readonly close: () => Promise<void>
}

/** Everything behind the search, loaded when somebody searches. */
export function searchSide(parts: SearchSideParts): SearchSide {
  let opening: Promise<Opened> | undefined
  const opened = () => {
    opening ??= open(parts)
    return opening
  }
  const answer = (kind: keyof SearchAnswers) => async (req: IncomingMessage, res: ServerResponse) =>
    (await opened()).answers[kind](req, res)
  return {
    page: answer('page'),
    json: answer('json'),
    top: async (...asked) => (await opened()).top(...asked),
    close: async () => (await opening)?.close(),
  }
}

async function open({ config, log, site }: SearchSideParts): Promise<Opened> {
  const [{ searchAnswers }, { siteSearch }, { openQueryCounts }] = await Promise.all([
    import('./search-answers.ts'),
    import('./site-search.ts'),
    import('./open-query-counts.ts'),
  ])
  const search = siteSearch({ content: () => site().content, cacheDir: config.cacheDir, log })
  const counts = openQueryCounts(config.sessionsUrl)
  return {
    answers: searchAnswers({ site, search, counts }),
    top: counts.top,
    close: async () => void (await Promise.all([search.close(), counts.close()])),
  }
}
