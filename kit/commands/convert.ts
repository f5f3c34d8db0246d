import { readFileSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import type { Act } from '../cli/verb.ts'
import { convert } from '../definition/convert/convert.ts'
import { sayFault } from '../definition/fault.ts'
import { Failure } from '../failure.ts'

export const convertVerb: Act = async (asked, { directory, terminal }) => {
  const file = asked.words[0] ?? asked.text('file') ?? 'swarm.json'
  const path = resolve(directory, file)
  const { text, faults, warnings } = convert({ file, text: read(path, file) }, basename(dirname(path)))
  for (const warning of warnings) terminal.complain(`warning: ${sayFault(warning)}\n`)
  if (text === undefined)
    throw new Failure(
      'definition',
      `${file} cannot be converted:`,
      '`swarm help keys` tells what every key takes.',
      faults.map(sayFault),
    )
  terminal.say(text)
  return 0
}

function read(path: string, file: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new Failure(
      'not found',
      `${file} cannot be read: ${(error as Error).message}.`,
      'Name another file.',
    )
  }
}
