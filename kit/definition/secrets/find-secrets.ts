import type { Drafts } from '../build/draft.ts'
import type { Fault, Findings } from '../fault.ts'
import type { Place } from '../model.ts'
import { textOf } from '../variables/read-variables.ts'
import type { Scope } from '../variables/scope.ts'
import { looksSecret } from './looks-secret.ts'

/** What looks like a secret in the definition and in its variables: warnings, or faults where it is strict. */
export function findSecrets(all: Drafts, scope: Scope, strict: boolean, findings: Findings): void {
  const found: Fault[] = []
  const add = (place: Place, name: string) => found.push({ kind: 'secret', place, message: advice(name) })
  for (const { values } of all.drafts) {
    for (const { name, value, written, place } of values.env) {
      if (!looksSecret(name, value)) continue
      if (looksSecret(name, written)) add(place, name)
      // It stands where its variables are defined; what came with --var stands in no file.
      else for (const where of placesOf(written, scope)) add(where, name)
    }
    const { health } = values
    const commands = {
      entrypoint: values.entrypoint,
      args: values.args,
      'health/command': typeof health === 'object' ? health.command : undefined,
    }
    for (const [key, words = []] of Object.entries(commands))
      if (looksSecret('', words.join(' ')))
        add({ ...values.place, path: `${values.place.path}/${key}` }, 'NAME')
  }
  for (const { name, value, place } of scope.all())
    if (place && place.line > 0 && looksSecret(name, textOf(value) ?? '')) add(place, name)
  for (const fault of oncePerPlace(found)) (strict ? findings.faults : findings.warnings).push(fault)
}

const placesOf = (written: string, scope: Scope): Place[] =>
  [...written.matchAll(/\$((\w+)[\w-]*)/g)].flatMap(([, long = '', short = '']) => {
    const place = scope.use(scope.has(long) ? long : short)?.place
    return place && place.line > 0 ? [place] : []
  })

/** The first of each place. */
function oncePerPlace(faults: readonly Fault[]): Fault[] {
  const byPlace = Map.groupBy(faults, ({ place }) => `${place.file} ${place.path}`)
  return [...byPlace.values()].flatMap(([first]) => (first ? [first] : []))
}

function advice(name: string): string {
  const secret = name.toLowerCase().replaceAll('-', '_')
  return (
    `looks like a secret: keep it out of the file with "swarm secrets set ${secret}", name it under "secrets" ` +
    `of the component, and let that read /run/secrets/${secret}`
  )
}
