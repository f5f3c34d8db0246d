import type { MarkedExtension, Token, Tokens } from 'marked'
import { writtenData } from './data-values.ts'
import type { Targets } from './markdown-targets.ts'

const atStart = new RegExp(`^${writtenData.source}`)
const markup = /<(pre|code|script|style)\b[\s\S]*?<\/\1\s*>|<!--[\s\S]*?-->|<[^>]*>/i
const inHtml = new RegExp(`${markup.source}|(${writtenData.source})`, 'gi')

/** Leaves a mark where a text asks for a value of a data file. */
export const dataValues = (targets: Targets): MarkedExtension => ({
  extensions: [
    {
      name: 'data',
      level: 'inline',
      start: (source) => source.indexOf('{{'),
      tokenizer(source): Tokens.Generic | undefined {
        const raw = atStart.exec(source)?.[0]
        return raw === undefined ? undefined : { type: 'data', raw }
      },
      renderer: (token) => targets.data(token.raw, token),
    },
  ],
})

/** The same in HTML, between its tags and outside its code. */
export const dataInHtml = (html: string, token: Token, targets: Targets): string =>
  html.replace(inHtml, (found, _tag, written?: string) => (written ? targets.data(written, token) : found))
