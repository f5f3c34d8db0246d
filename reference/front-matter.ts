import { frontMatter } from './front-matter-table.ts'
import { code, type ReferencePage, section, table } from './markdown.ts'

/** Every key of front matter. */
export const frontMatterPage = (): ReferencePage => ({
  file: 'front-matter.md',
  title: 'Front matter',
  description: 'Every key that a page or post can begin with.',
  source: 'app/content/entry.ts',
  sections: [
    'Front matter is a block of YAML between two lines of three dashes, at the start of a file. ' +
      '[Writing content](../writing.md) shows it at work.',
    section(
      'Keys',
      table(
        ['Key, with an example', 'Takes', 'Meaning'],
        Object.values(frontMatter).map(({ key, takes, meaning, example }) => [
          code(`${key}: ${example}`),
          takes,
          meaning,
        ]),
      ),
    ),
    section(
      'Other keys',
      'Any other key is yours: a template finds it in `page.fields`. A key with the wrong kind of value is a fault ' +
        'that `npm run content:check` names with its line.',
    ),
  ],
})
