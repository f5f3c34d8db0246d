import { askedApp } from '../cli/asked-app.ts'
import { confirm } from '../cli/confirm.ts'
import type { Act } from '../cli/verb.ts'
import { stackName } from '../compile/names.ts'
import { removeObjects } from '../deploy/commands.ts'
import { readReleases } from '../deploy/releases.ts'
import { readSecrets } from '../deploy/secrets/kept-secrets.ts'
import { change } from '../docker.ts'
import { Failure } from '../failure.ts'
import { readServices } from '../swarm/services.ts'

export const secretsRm: Act = async (asked, context) => {
  const [name = ''] = asked.words
  const { app, environment } = askedApp(asked, context)
  const stack = stackName(app.name, environment)
  const versions = (await readSecrets(stack)).find((one) => one.name === name)?.versions ?? []
  if (versions.length === 0)
    throw new Failure(
      'not found',
      `There is no secret "${name}".`,
      '`swarm secrets list` tells which there are.',
    )
  const names = new Set(versions.map((version) => version.name))
  const users = (await readServices(stack)).filter(({ secrets }) =>
    secrets.some((one) => names.has(one.name)),
  )
  if (users.length > 0)
    throw new Failure(
      'refused',
      `${name} is used by ${users.map(({ component, name }) => component || name).join(', ')}.`,
      'Take it out of swarm.json and run `swarm up` first.',
    )
  const lost = (await readReleases(stack))
    .filter(({ secrets }) => secrets.some((one) => names.has(one)))
    .map(({ number }) => number)
  const cost = lost.length === 0 ? '' : ` No return will be possible to release ${lost.join(', ')}.`
  await confirm(`${name} will be removed from ${stack}.${cost}`, asked, context)
  await change(
    removeObjects(
      'secret',
      versions.map(({ id }) => id),
    ),
  )
  return 0
}
