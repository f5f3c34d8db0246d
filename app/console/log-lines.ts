import { stripVTControlCharacters } from 'node:util'
import { type LogLine, logLine } from './control-answers.ts'
import { controlAway } from './control-error.ts'

// Docker hands on 16 KB at most; one that never ends must not fill the memory.
const longestLine = 64 * 1024

/** The lines of an answer, one JSON object each, as they come. Rejects with a ControlError when it breaks off. */
export async function* linesIn({ body }: Response): AsyncGenerator<LogLine> {
  let rest = ''
  try {
    for await (const text of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const lines = (rest + text).split('\n')
      rest = (lines.pop() ?? '').slice(0, longestLine)
      for (const line of lines) if (line !== '') yield logLine.parse(JSON.parse(line))
    }
  } catch (error) {
    throw controlAway(error)
  }
}

/** A line of a log as a page shows it. */
export interface ShownLine {
  readonly from: string
  /** ISO 8601; empty for what control itself says. */
  readonly time: string
  readonly isError: boolean
  readonly text: string
}

/** Without what would colour it on a terminal. */
export function shownLine(line: LogLine): ShownLine {
  if ('notice' in line) return { from: 'control', time: '', isError: true, text: line.notice }
  const { component, instance, node, time, stream, text } = line
  const from = `${component} ${instance === 0 ? node : instance}`
  return { from, time, isError: stream === 'errors', text: stripVTControlCharacters(text) }
}
