import { change } from '../../docker.ts'
import { LABELS } from '../../swarm/labels.ts'
import { createObject } from '../commands.ts'
import { readSecrets } from './kept-secrets.ts'
import { saltOf } from './salt.ts'
import { holds, secretName } from './secret-name.ts'

/** Gives a secret a content; the Swarm secret that holds it, and whether it is new. */
export async function setSecret(
  stack: string,
  name: string,
  content: Uint8Array,
): Promise<{ readonly object: string; readonly isNew: boolean }> {
  const salt = await saltOf(stack)
  const versions = (await readSecrets(stack)).find((one) => one.name === name)?.versions ?? []
  const newest = versions.at(-1)
  if (newest && holds(newest.name, stack, name, content, salt, versions.length))
    return { object: newest.name, isNew: false }
  const object = secretName(stack, name, content, salt, new Set(versions.map((version) => version.name)))
  const labels = { [LABELS.app]: stack, [LABELS.kind]: 'secret', [LABELS.secret]: name }
  await change(createObject('secret', object, labels, content, 'FILE'))
  return { object, isNew: true }
}
