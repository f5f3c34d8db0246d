import { faultKinds } from '../kit/definition/fault.ts'
import { type Row, type Section, sections } from '../kit/definition/keys/table.ts'
import { code, type ReferencePage, section, table } from './markdown.ts'

/** Every key of swarm.json. */
export const keysPage = (): ReferencePage => ({
  file: 'swarm-json.md',
  title: 'Keys of swarm.json',
  navTitle: 'swarm.json',
  description: 'Every key of swarm.json, with what it takes and what holds without it.',
  source: 'kit/definition/keys/table.ts',
  sections: [
    'The same table checks a file and is what editors read as `kit/swarm.schema.json`: name that file as `$schema` of ' +
      'yours. A variable may stand in every value.',
    ...sections().map(ofSection),
    section(
      'Errors',
      'Every error and warning is one of these, and names its file, line and path.',
      table(
        ['Kind', 'Meaning'],
        Object.entries(faultKinds).map(([kind, meaning]) => [code(kind), meaning]),
      ),
    ),
  ],
})

function ofSection({ title, path, rows }: Section): string {
  const allOurs = rows.every(({ of }) => of === 'own')
  const ofRow = ({ key, takes, required, fallback, meaning, of }: Row): string[] => [
    code(key),
    takes.replace(/"([^"]*)"/g, '`$1`'),
    required ? 'required' : (fallback ?? ''),
    of === 'own' && !allOurs ? `${meaning} Our own.` : meaning,
  ]
  const keys = table(['Key', 'Takes', 'Without it', 'Meaning'], rows.map(ofRow))
  return path === '' ? section(title, keys) : section(title, `In ${code(path)}.`, keys)
}
