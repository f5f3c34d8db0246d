import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Answer, ask, browserHeaders } from '../answer.ts'
import { benchDir } from '../content.ts'
import { headerLines } from './header-lines.ts'
import { startNginx } from './nginx.ts'
import type { Part, Place } from './place.ts'

/** Ports of bench/front/static.conf. */
export const staticPorts = {
  plain: 8080,
  withHeaders: 8081,
  sendfile: 8082,
  tls: 8443,
  tlsWithHeaders: 8444,
} as const

/** Starts nginx with files that hold the front's answers, and asks it for each whether the bytes are the same. */
export async function startStaticSite(place: Place, answers: ReadonlyMap<string, Answer>): Promise<Part> {
  const folder = writeSite(answers)
  const site = await startNginx(place, {
    configuration: { file: join(import.meta.dirname, 'static.conf') },
    folders: { [folder]: '/srv/static-site' },
  })
  for (const [path, { body }] of answers) {
    const answer = await ask(`http://${site.address}:${staticPorts.plain}${path}`, browserHeaders)
    if (!answer.body.equals(body)) throw new Error(`${path}: the static file is not what the front sends`)
  }
  return site
}

function writeSite(answers: ReadonlyMap<string, Answer>): string {
  const folder = join(benchDir, 'static-site')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'pages'), { recursive: true })
  for (const [path, { body }] of answers) writeFileSync(join(folder, 'pages', path), body)
  const [first] = answers.values()
  writeFileSync(join(folder, 'headers.conf'), headerLines(first?.headers ?? []))
  return folder
}
