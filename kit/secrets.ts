import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { leftToOperators } from './secrets/left-to-operators.ts'
import { completeSecrets } from './secrets/production-secrets.ts'
import { retire, rotate } from './secrets/rotate.ts'
import { readSecrets, writeSecrets } from './secrets/secret-files.ts'

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { rotate: { type: 'string' }, retire: { type: 'string' } },
  })
  const [folder = 'secrets'] = positionals
  const before = readSecrets(folder)
  const secrets = values.rotate
    ? rotate(before, values.rotate)
    : values.retire
      ? retire(before, values.retire)
      : completeSecrets(before)
  const written = writeSecrets(folder, secrets, before)
  for (const name of written) console.log(`${name in before ? 'changed' : 'made'} ${join(folder, name)}`)
  if (written.length === 0) console.log(`Nothing to do: all secrets are in ${folder}`)
  if (written.some((name) => name.endsWith('_acl') && name in before))
    console.log('Have the running Redis read it: "Passwords and secrets" in the page Deploying says how.')
  for (const [name, text] of leftToOperators(secrets)) console.log(`fill in ${join(folder, name)}: ${text}`)
} catch (error) {
  console.error(`Secrets are as they were: ${(error as Error).message}`)
  process.exitCode = 1
}
