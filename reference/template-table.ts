import type { PageEntry } from '../app/content/entry.ts'

/** What every template and fragment sees. */
export const everywhere: Readonly<Record<string, string>> = {
  data: 'All data files: `data.site` is `content/data/site.yml`.',
  site: 'What `data.site` says, with the address of the site as `url` and its `release`.',
  nav: 'The main navigation: a `title` and a `url` each.',
  live: 'Whether open browsers are to be refreshed, which is so in development.',
  asset: '`asset("css/site.css")` is the address of a static file, hash included.',
  integrity: '`integrity("js/live.js")` is what a browser checks that file with.',
  longDate: '`longDate("2026-11-21")` is the day as readers write it.',
  figure: '`figure("start.posts10000.ms")` is a measured figure; nothing where it was not measured.',
  drawing: '`drawing("as-scaled", "What it shows")` is a drawing of `content/images`, as a part of the page.',
  tagSlug: '`tagSlug("Node.js")` is a tag as its address has it.',
  fragment: '`fragment("header", section)` is a template of `fragments`, rendered once a release and kept.',
}

/** What templates see of a page, as `page.title` and so on. */
export const ofPage: {
  readonly [Name in keyof PageEntry | 'canonical' | 'meta' | 'toc' | 'words']-?: string
} = {
  kind: '`page` or `post`.',
  url: 'Its path.',
  canonical: 'Its whole address.',
  file: 'Its file, from the content folder.',
  title: 'Its title.',
  navTitle: 'Its short title.',
  description: 'One sentence.',
  group: 'Where it stands in the sidebar of the documentation.',
  template: 'The template that it asks for.',
  navOrder: 'Its place in the navigation.',
  draft: 'Whether it is a draft.',
  scheduled: 'Whether its time is still to come.',
  date: 'Day of a post.',
  publishedAt: 'The moment of a post, in UTC.',
  updated: 'Day of the last change.',
  author: 'Who wrote it, as written.',
  authors: 'The same for several.',
  tags: 'Its tags, as written.',
  image: 'Path of its picture.',
  meta: 'What its head says to machines: `page.meta.description`, `page.meta.image.url` and more.',
  redirectFrom: 'Paths that lead to it.',
  cache: 'What it says of caches.',
  noindex: 'Whether it asks not to be found.',
  fields: 'All other keys of its front matter.',
  toc: 'Its headings: `level`, `id` and `text` each.',
  words: 'How many words it has.',
}

export interface NameOfTemplate {
  /** The templates that get it. */
  readonly on: string
  readonly about: string
}

/** What only some templates get. */
export const onSome: Readonly<Record<string, NameOfTemplate>> = {
  page: { on: 'all', about: 'The page; see above.' },
  section: { on: 'all', about: 'First part of the path, such as `docs`.' },
  body: { on: 'pages and posts', about: 'The rendered Markdown, which is safe HTML.' },
  visitor: { on: 'private pages', about: 'What the session keeps of the visitor.' },
  groups: { on: '`docs`', about: 'The sidebar: a `title` and its `pages` each.' },
  previous: { on: '`docs`', about: 'The page before this one.' },
  next: { on: '`docs`', about: 'The page after this one.' },
  older: { on: '`post`', about: 'The post before this one.' },
  newer: { on: '`post`', about: 'The post after this one.' },
  related: { on: '`post`', about: 'Posts on the same subjects.' },
  authors: { on: '`post`', about: 'Who wrote it: a `name` each, and a `url` where there is one.' },
  tags: { on: '`tags`', about: 'All tags: `name`, `url` and `count`, those of the most posts first.' },
  readingMinutes: { on: '`post`', about: 'Minutes that reading takes.' },
  posts: { on: '`posts`, `home`', about: 'Posts, newest first.' },
  tag: { on: '`posts`', about: 'The tag that the posts have in common.' },
  pagination: {
    on: '`posts`, `search`',
    about: '`page` of `pages`, and the addresses of the pages around it.',
  },
  pages: { on: '`contents`', about: 'Every page, where the content has no home page.' },
  query: { on: '`search`', about: 'What was searched for, as it was typed.' },
  found: { on: '`search`', about: '`count`, `hits`, `missing` words, and what `didYouMean`.' },
  first: { on: '`search`', about: 'The number of the first hit on the page.' },
  searchUrl: { on: '`search`', about: '`searchUrl("redis")` is the address of that search.' },
  error: { on: '`error`', about: '`status`, `title`, `message` and `requestId`.' },
  faults: { on: '`fault`', about: '`file`, `line`, `column`, `what` and `fix` each.' },
  values: { on: '`session`', about: 'What was typed into the form.' },
  errors: { on: '`session`', about: 'What is wrong with it, by field.' },
  form: {
    on: 'pages of `invites` and `signup`',
    about:
      'The `fields` as they were typed, the `problem` to show above them, `errors` and `wording` by field.',
  },
  signup: { on: 'pages of `signup`', about: 'What the step shows of the signup under way.' },
  admin: {
    on: 'pages of `admin`',
    about: 'The `operator` who is signed in, the token `csrf` of the forms, and what the page shows.',
  },
  console: { on: 'parts of `console`', about: 'What control tells of the app, as rows of tables.' },
  mail: {
    on: 'mails',
    about: '`name`, `workspace`, `link`, `linkUntil`, `subject`, `siteName` and `publicUrl`.',
  },
}
