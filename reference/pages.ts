import { jsonSchemaFile } from '../kit/definition/keys/json-schema.ts'
import { commandsPage } from './commands.ts'
import { errorsPage } from './errors.ts'
import { exampleFile } from './example-file.ts'
import { frontMatterPage } from './front-matter.ts'
import { headersPage } from './headers.ts'
import { keysPage } from './keys.ts'
import { pageText, type ReferencePage, table } from './markdown.ts'
import { productionFile } from './production-file.ts'
import { routesPage } from './routes.ts'
import { settingsPage } from './settings.ts'
import { swarmCommandPage } from './swarm-command.ts'
import { templatesPage } from './templates.ts'

const folder = 'content/pages/docs/reference'

const indexPage = (pages: readonly ReferencePage[]): ReferencePage => ({
  file: 'index.md',
  title: 'Reference',
  navTitle: 'Overview',
  description: 'Every setting, address, header, command and key there is, as the code has them.',
  source: 'reference/pages.ts',
  sections: [
    'These pages are made from the code by `npm run reference`, and a test fails when they are out of date. So what ' +
      'stands here is what runs.',
    table(
      ['Page', 'What it has'],
      pages.map(({ file, title, description }) => [`[${title}](${file})`, description]),
    ),
  ],
})

/** Every generated file by its path in the repository. */
export function generatedFiles(): ReadonlyMap<string, string> {
  const pages = [
    settingsPage(),
    commandsPage(),
    routesPage(),
    headersPage(),
    errorsPage(),
    frontMatterPage(),
    templatesPage(),
    keysPage(),
    swarmCommandPage(),
  ]
  const files = [indexPage(pages), ...pages].map(
    (page, place) => [`${folder}/${page.file}`, pageText(page, place)] as const,
  )
  return new Map([
    ...files,
    ['.env.example', exampleFile()],
    ['.env.production.example', productionFile()],
    ['kit/swarm.schema.json', jsonSchemaFile()],
  ])
}
