import { printJson } from '../cli/print.ts'
import type { Act } from '../cli/verb.ts'
import { deployKey, instructions, type Place } from '../deploy-key/instructions.ts'
import { newSshKey } from '../deploy-key/ssh-key.ts'
import { Failure } from '../failure.ts'

export const deployKeyVerb: Act = async (asked, context) => {
  const place = placeOf(asked.words[0] ?? '')
  const key = deployKey(place, newSshKey(`ci-of-${place.user}@${place.host}`))
  if (asked.flag('json')) printJson(key, context)
  else context.terminal.say(instructions(place, key))
  return 0
}

/** `node1.example.com`, `deploy@node1.example.com`, or what DOCKER_HOST would be. */
function placeOf(word: string): Place {
  const [, user = 'deploy', host = ''] =
    /^(?:ssh:\/\/)?(?:([a-z_][a-z0-9_-]*)@)?([a-z0-9.-]+)$/i.exec(word) ?? []
  if (user === 'root')
    throw new Failure(
      'usage',
      'the key is for a user of its own, and not for root',
      `Try \`swarm deploy-key deploy@${host}\`.`,
    )
  if (host !== '') return { user, host }
  throw new Failure(
    'usage',
    `${JSON.stringify(word)} is no host`,
    'Try `swarm deploy-key deploy@node1.example.com`.',
  )
}
