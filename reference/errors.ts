import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ErrorCode, statusOf, visitorText } from '../app/errors.ts'
import { code, type ReferencePage, section, table } from './markdown.ts'
import { errorPages, nginxDir } from './nginx.ts'

/** The kinds of error of the application and of nginx, by status. */
export const errorsPage = (): ReferencePage => ({
  file: 'errors.md',
  title: 'Errors',
  description: 'The kinds of error there are, with their status and what a visitor reads.',
  source: 'app/errors.ts',
  sections: [
    'What goes wrong for a visitor is one of a closed set. The page names its request, by which the log has the ' +
      'details; a visitor never reads a stack or the message of another system.',
    section(
      'Of the application',
      table(['Status', 'Kind', 'Title', 'What the visitor reads'], Object.keys(statusOf).map(ofApplication)),
    ),
    section(
      'Of nginx',
      'nginx answers these where it refuses a request itself, or where no instance answers. An error page of the ' +
        'application passes through untouched.',
      table(['Status', 'Title', 'What the visitor reads'], [...errorPages()].map(ofNginx)),
    ),
  ],
})

function ofApplication(kind: string): string[] {
  const { title, message } = visitorText[kind as ErrorCode]
  return [code(statusOf[kind as ErrorCode]), code(kind), title, message]
}

function ofNginx([page, statuses]: readonly [string, readonly string[]]): string[] {
  const html = readFileSync(join(nginxDir, 'content', page), 'utf8')
  const title = /<h1>(.*?)<\/h1>/s.exec(html)?.[1] ?? ''
  const message = /<\/h1>\s*<p>(.*?)<\/p>/s.exec(html)?.[1] ?? ''
  return [statuses.map(code).join(', '), title, message.replace(/\s+/g, ' ').replace(/<[^>]+>/g, '')]
}
