import { frontMatter } from './front-matter-table.ts'
import { code, type ReferencePage, section, table } from './markdown.ts'

const keys = Object.values(frontMatter)

const yamlBlock = [
  '```yaml',
  '---',
  ...keys.map(({ key, example }) => `${key}: ${example}`),
  '---',
  '```',
].join('\n')

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
        ['Key', 'Takes', 'Meaning'],
        keys.map(({ key, takes, meaning }) => [code(key), takes, meaning]),
      ),
    ),
    section('All at once', 'No page needs them all. This is the form of each.', yamlBlock),
    section(
      'Other keys',
      'Any other key is yours: a template finds it in `page.fields`. A key with the wrong kind of value is a fault ' +
        'that `npm run content:check` names with its line.',
    ),
  ],
})
