import { askedApp } from '../cli/asked-app.ts'
import { columns, printJson } from '../cli/print.ts'
import type { Act } from '../cli/verb.ts'
import { stackName } from '../compile/names.ts'
import { type ListedSecret, listSecrets } from '../deploy/secrets/list-secrets.ts'

export const secretsList: Act = async (asked, context) => {
  const { app, environment } = askedApp(asked, context)
  const secrets = await listSecrets(stackName(app.name, environment), app)
  if (asked.flag('json')) printJson(secrets, context)
  else if (secrets.length === 0) context.terminal.say('The app has no secrets.\n')
  else context.terminal.say(columns([['SECRET', 'STATE', 'SET', 'USED BY'], ...secrets.map(row)]))
  return 0
}

const row = ({ name, state, since, users }: ListedSecret): string[] => [
  name,
  state,
  since ?? '-',
  users.join(', ') || '-',
]
