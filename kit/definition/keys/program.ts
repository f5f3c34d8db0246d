import type { JsonNode } from '../json/nodes.ts'
import { either, listOf } from './collections.ts'
import { scalar, text } from './scalars.ts'
import type { Shape } from './shape.ts'

const line: Shape<readonly string[]> = scalar('a command line', { type: ['string', 'number'] }, splitWords)

/** A program with its arguments: a list, or one line that is split as a shell would. */
export const program: Shape<readonly string[]> = either(line, listOf(text, 'a list of its words'))

const word = /\s*((?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\])+)/gy

/** Words at spaces, with quotes and backslashes as in a shell; nothing where a quote stays open. */
export function splitWords(line: string): string[] | undefined {
  const words: string[] = []
  let end = 0
  for (const match of line.matchAll(word)) {
    words.push(unquoted(match[1] ?? ''))
    end = match.index + match[0].length
  }
  return line.slice(end).trim() === '' ? words : undefined
}

const unquoted = (word: string): string =>
  word.replace(
    /"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/g,
    (_, double?: string, single?: string, escaped?: string) =>
      double !== undefined ? double.replace(/\\(["\\$`])/g, '$1') : (single ?? escaped ?? ''),
  )

/** A test of health: a list is run as it is, a line by the image's shell. */
export const healthCommand: Shape<readonly string[]> = {
  words: 'a command line for the shell, or a list of words',
  schema: program.schema,
  read(node: JsonNode, at) {
    if (node.kind === 'array') {
      const words = program.read(node, at)
      return words && (/^(?:CMD|CMD-SHELL|NONE)$/.test(words[0] ?? '') ? words : ['CMD', ...words])
    }
    const line = text.read(node, at)
    return line === undefined ? undefined : ['CMD-SHELL', line]
  },
}
