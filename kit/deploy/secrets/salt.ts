import { randomBytes } from 'node:crypto'
import { CommandError, change, docker } from '../../docker.ts'
import { isDryRun } from '../../dry-run.ts'
import { inspectObjects } from '../../swarm/commands.ts'
import { LABELS } from '../../swarm/labels.ts'
import { objectOf } from '../../swarm/objects.ts'
import { createObject } from '../commands.ts'

const saltName = (stack: string): string => `${stack}_salt`

/** The key of the hashes in the names of an app's secrets; made when it is first asked for. */
export async function saltOf(stack: string): Promise<string> {
  const there = await readSalt(stack)
  if (there !== undefined) return there
  const salt = randomBytes(32).toString('base64url')
  const labels = { [LABELS.app]: stack, [LABELS.kind]: 'salt' }
  try {
    await change(createObject('config', saltName(stack), labels, salt, 'SALT'))
    return salt
  } catch (error) {
    // Somebody else was quicker: theirs counts.
    const other = await readSalt(stack)
    if (other === undefined || isDryRun()) throw error
    return other
  }
}

async function readSalt(stack: string): Promise<string | undefined> {
  try {
    const [inspected] = JSON.parse(await docker(inspectObjects('config', [saltName(stack)])))
    return objectOf(inspected).content
  } catch (error) {
    if (error instanceof CommandError && /no such config|not found/i.test(error.lines.join('\n')))
      return undefined
    throw error
  }
}
