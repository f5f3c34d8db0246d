import { isUtf8 } from 'node:buffer'
import { hash } from 'node:crypto'
import type { Fault } from './fault.ts'

/** A Markdown file taken apart, with the line (from 1) each half begins at. */
export interface Source {
  yaml: string
  yamlLine: number
  body: string
  bodyLine: number
}

export const limits = {
  markdown: 256 * 1024,
  frontMatter: 16 * 1024,
  data: 1024 * 1024,
  media: 20 * 1024 * 1024,
}

export const errorAt = (file: string, line: number, column: number, what: string, fix: string): Fault => ({
  severity: 'error',
  file,
  line,
  column,
  what,
  fix,
})

/** 32 hexadecimal digits that stand for these bytes. */
export const hashOf = (bytes: Buffer | string): string => hash('sha256', bytes).slice(0, 32)

/** Bytes as text with plain line ends and no byte order mark, or the fault that says why not. */
export function decode(file: string, bytes: Buffer): string | Fault {
  if (!isUtf8(bytes)) {
    return errorAt(file, firstBadLine(bytes), 1, 'this line is not UTF-8 text', 'save the file as UTF-8')
  }
  return bytes
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
}

function firstBadLine(bytes: Buffer): number {
  let line = 1
  for (let start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(10, start)
    if (end < 0 || !isUtf8(bytes.subarray(start, end))) return line
    start = end + 1
  }
  return line
}

/** Splits the front matter from the Markdown below it. */
export function splitSource(file: string, text: string): Source | Fault {
  const fence = /^---[ \t]*([^\n]*)(?:\n|$)/.exec(text)
  if (!fence) return { yaml: '', yamlLine: 1, body: text, bodyLine: 1 }
  if (fence[1]) {
    const fix = "begin the file with a line of just '---' and write YAML below it"
    return errorAt(file, 1, 4, `front matter in '${fence[1].trim()}' is not accepted`, fix)
  }
  const start = fence[0].length
  const end = /^---[ \t]*(?:\n|$)/m.exec(text.slice(start))
  if (!end) return errorAt(file, 1, 1, 'the front matter is not closed', "end it with a line of just '---'")
  const yaml = text.slice(start, start + end.index)
  if (Buffer.byteLength(yaml) > limits.frontMatter) {
    return errorAt(
      file,
      1,
      1,
      'the front matter is over 16 kB',
      'move the text below the front matter, or to data/',
    )
  }
  const bodyStart = start + end.index + end[0].length
  return { yaml, yamlLine: 2, body: text.slice(bodyStart), bodyLine: yaml.split('\n').length + 2 }
}

/** The line of a top-level key in front matter; that of its first line when the key is not there. */
export function keyLine(source: Pick<Source, 'yaml' | 'yamlLine'>, key: string): number {
  const at = source.yaml
    .split('\n')
    .findIndex((line) => line.replace(/^["']|["'](?=\s*:)/g, '').startsWith(`${key}:`))
  return source.yamlLine + Math.max(0, at)
}
