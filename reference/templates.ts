import { code, type ReferencePage, section, table } from './markdown.ts'
import { everywhere, ofPage, onSome } from './template-table.ts'

/** Every name that a template can use. */
export const templatesPage = (): ReferencePage => ({
  file: 'templates.md',
  title: 'Template names',
  description: 'Every name that a template can use, and where it has a value.',
  source: 'reference/template-table.ts',
  sections: [
    'Templates are in `app/views` and are written for [Nunjucks](https://mozilla.github.io/nunjucks/). What they ' +
      'print is escaped, unless it is the HTML of the content or of a fragment.',
    section(
      'Everywhere',
      'Templates and fragments see these. A fragment sees nothing else but `section`, so it is the same for every ' +
        'page of a section.',
      table(['Name', 'What it is'], rows(everywhere)),
    ),
    section(
      'Of a page',
      'What `page` holds. A page that no file makes, such as the list of posts, has only some of it.',
      table(['Name', 'What it is'], rows(ofPage, 'page.')),
    ),
    section(
      'In some templates',
      table(
        ['Name', 'Where', 'What it is'],
        Object.entries(onSome).map(([name, { on, about }]) => [code(name), on, about]),
      ),
    ),
  ],
})

const rows = (names: Readonly<Record<string, string>>, prefix = ''): string[][] =>
  Object.entries(names).map(([name, about]) => [code(prefix + name), about])
