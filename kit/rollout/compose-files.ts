import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { environment } from '../environment.ts'
import type { Place } from './commands.ts'

const FILES = ['docker-compose.yml', 'docker-compose.prod.yml']

/** The place with the files of production, unless others are given, or Compose finds them by COMPOSE_FILE. */
export function withFiles(place: Place, composeFile = environment().COMPOSE_FILE): Place {
  if (place.files.length > 0 || (composeFile ?? composeFileIn(place.directory))) return place
  return { ...place, files: FILES.map((file) => join(place.directory, file)) }
}

function composeFileIn(directory: string): string | undefined {
  try {
    return /^\s*(?:export\s+)?COMPOSE_FILE\s*=\s*(\S+)/m.exec(
      readFileSync(join(directory, '.env'), 'utf8'),
    )?.[1]
  } catch {
    // Compose itself says what is wrong with a file that is there.
    return undefined
  }
}
