import type { TestContext } from 'node:test'
import type { cacheControls } from '../../reference/header-table.ts'
import { type Answer, ask, type Question } from '../nginx/ask.ts'
import { contentFolder, pages, startSite } from '../site/site.ts'

type Kind = keyof typeof cacheControls

const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>'

/** What each kind of answer of the application is asked for; `STATIC` is any file of /static. */
const questions: { readonly [K in Kind]: readonly Question[] } = {
  'a page, with the seconds of its route': [
    { path: '/blog', headers: { 'Accept-Encoding': 'br' } },
    { path: '/blog', headers: { 'Accept-Encoding': 'gzip' } },
    { path: '/blog', headers: { 'If-None-Match': '*' } },
    { path: '/blog', method: 'HEAD' },
  ],
  'a redirect to another address': [{ path: '/docs/' }, { path: '/manual' }],
  'a private page, a search, and every other error': [
    { path: '/session' },
    { path: '/mine' },
    { path: '/search?q=next', headers: { 'Accept-Encoding': 'br' } },
    { path: '/search.json?q=next' },
    { path: '/session', method: 'POST' },
    { path: '/blog', method: 'POST', headers: { 'Sec-Fetch-Site': 'same-origin' } },
    { path: '/session/forget', method: 'POST', headers: { 'Sec-Fetch-Site': 'same-origin' } },
  ],
  'a file of `/static`': [{ path: 'STATIC' }],
  'a picture of the content': [{ path: '/images/dot.svg' }],
  'a file at the root': [{ path: '/icon.svg' }],
  'health and live reload, and what a cache for all must not ask for': [
    { path: '/healthz' },
    { path: '/readyz' },
    { path: '/_live', method: 'HEAD' },
    { path: '/session', headers: { 'X-Shared-Cache': '1' } },
  ],
  // Asked of a site without live reload, which keeps nothing.
  'an address that nobody has': [],
}

export interface Answered {
  readonly kind: Kind
  readonly question: Question
  readonly answer: Answer
}

/** Starts the site and asks it for every kind of answer there is. */
export async function askForEverything(t: TestContext): Promise<Answered[]> {
  const contentDir = contentFolder({ ...pages, 'images/dot.svg': drawing })
  const site = await startSite(t, { contentDir, liveReload: true })
  const away = await startSite(t, { sessionsUrl: 'redis://127.0.0.1:1' })
  const home = await site.get('/')
  const file = /\/static\/[^"]+/.exec(await home.text())?.[0] ?? '/static'
  const answers: Answered[] = []
  for (const [kind, asked] of Object.entries(questions) as [Kind, readonly Question[]][])
    for (const question of asked) {
      const path = question.path.replace('STATIC', file)
      answers.push({ kind, question, answer: await ask(portOf(site.url), { ...question, path }) })
    }
  const more: [Kind, Question][] = [
    ['a private page, a search, and every other error', { path: '/session' }],
    ['an address that nobody has', { path: '/no/such/page' }],
  ]
  for (const [kind, question] of more)
    answers.push({ kind, question, answer: await ask(portOf(away.url), question) })
  return answers
}

const portOf = (url: string): number => Number(new URL(url).port)
