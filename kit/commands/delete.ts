import { confirm } from '../cli/confirm.ts'
import type { Act } from '../cli/verb.ts'
import { removeObjects } from '../deploy/commands.ts'
import { removeApp } from '../deploy/remove-app.ts'
import { lockedRun } from '../deploy/run.ts'
import { change } from '../docker.ts'
import { isDryRun } from '../dry-run.ts'
import { LABELS } from '../swarm/labels.ts'
import { readObjects } from '../swarm/objects.ts'

export const deleteVerb: Act = (asked, context) =>
  lockedRun(
    asked,
    context,
    'delete',
    async ({ stack, seconds }) => {
      const kept = asked.flag('keep-secrets')
      const lost = kept ? 'its releases' : 'its releases and secrets'
      await confirm(`${stack} will be removed: services, networks, ${lost}. Volumes stay.`, asked, context)
      await removeApp(stack, seconds)
      // Control writes states of a canary until it is gone; one that were left would refuse every deploy.
      const label = `${LABELS.app}=${stack}`
      const [secrets, configs] = await Promise.all([
        readObjects('secret', label),
        readObjects('config', label),
      ])
      const isOther = (name: string) => name !== `${stack}_lock` && !(kept && name === `${stack}_salt`)
      const gone = configs.filter(({ name }) => isOther(name)).map(({ id }) => id)
      if (gone.length > 0) await change(removeObjects('config', gone))
      if (!kept && secrets.length > 0)
        await change(
          removeObjects(
            'secret',
            secrets.map(({ id }) => id),
          ),
        )
      if (!isDryRun())
        context.terminal.say(
          `${stack} is gone. Its volumes are still on their nodes: \`docker volume ls\` there.\n`,
        )
      return 0
    },
    { duringCanary: true },
  )
