import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatFault } from '../../app/content/fault.ts'
import { type Files, Folder, page } from './folder.ts'

const other = { 'pages/other.md': page('Text.', 'Other') }
const bomb = `a: &a [x]\nb: [${Array.from({ length: 21 }, () => '*a').join()}]\n`

const cases: readonly [name: string, files: Files, faults: readonly string[]][] = [
  [
    'a YAML error',
    { 'pages/bad.md': '---\ntitle: One: two\n---\n' },
    [
      'pages/bad.md:2:11: YAML error: bad indentation of a mapping entry, put the value in quotes: it holds a colon',
    ],
  ],
  [
    'a tab in YAML',
    { 'pages/bad.md': '---\ntitle: One\ntags:\n\t- x\n---\n' },
    [
      'pages/bad.md:4:1: YAML error: tab characters must not be used in indentation, indent with spaces, not tabs',
    ],
  ],
  [
    'an alias bomb',
    { 'pages/bad.md': `---\ntitle: One\n${bomb}---\n` },
    ['pages/bad.md:4:66: more than 20 YAML aliases, write the values out'],
  ],
  [
    'aliases that contain themselves',
    { 'pages/bad.md': '---\ntitle: One\nloop: &a [*a]\n---\n' },
    [
      'pages/bad.md:2:1: the YAML stands for too many values through its aliases, write the values out, or keep fewer of them',
    ],
  ],
  [
    'front matter that is code',
    { 'pages/bad.md': '---js\n{ title: process.exit(1) }\n---\n' },
    [
      "pages/bad.md:1:4: front matter in 'js' is not accepted, begin the file with a line of just '---' and write YAML below it",
    ],
  ],
  [
    'front matter without an end',
    { 'pages/bad.md': '---\ntitle: One\n' },
    ["pages/bad.md:1:1: the front matter is not closed, end it with a line of just '---'"],
  ],
  [
    'front matter that is a list',
    { 'pages/bad.md': '---\n- title\n---\n' },
    [
      "pages/bad.md:2:1: the front matter is not a list of keys and values, write lines like 'title: My page'",
    ],
  ],
  [
    'front matter over its limit',
    { 'pages/bad.md': `---\ntitle: One\ntext: ${'x'.repeat(17_000)}\n---\n` },
    ['pages/bad.md:1:1: the front matter is over 16 kB, move the text below the front matter, or to data/'],
  ],
  [
    'a missing title',
    { 'pages/bad.md': '---\ndescription: Something\n---\n' },
    ["pages/bad.md:2:1: the title is missing, add 'title: …' to the front matter"],
  ],
  [
    'a title of blanks',
    { 'pages/bad.md': '---\ndraft: false\ntitle: "  "\n---\n' },
    ["pages/bad.md:3:1: the title is missing, add 'title: …' to the front matter"],
  ],
  [
    'a cache time over a year',
    {
      'pages/bad.md': '---\ntitle: A\ncache: 31536001\n---\n',
      'pages/worse.md': '---\ntitle: A\ncache: 99999999999999999999\n---\n',
      'pages/year.md': '---\ntitle: A\ncache: 31536000\n---\n',
    },
    [
      'pages/bad.md:3:1: cache is 31536001 seconds, write at most 31536000, which is a year',
      'pages/worse.md:3:1: cache is 100000000000000000000 seconds, write at most 31536000, which is a year',
    ],
  ],
  [
    'tags that have no page of their own',
    { 'posts/2026-01-01-x.md': '---\ntitle: A\ntags: [C++, ++, Index, README]\n---\n' },
    [
      "posts/2026-01-01-x.md:3:1: the tag '++' has no address, name it with a letter or digit",
      "posts/2026-01-01-x.md:3:1: the tag 'Index' would be at /blog/tags/index, which is not reachable, choose another name",
      "posts/2026-01-01-x.md:3:1: the tag 'README' would be at /blog/tags/readme, which is not reachable, choose another name",
    ],
  ],
  [
    'a page with the template of posts and no date',
    {
      'pages/bad.md': '---\ntitle: A\ntemplate: post\n---\n',
      'pages/dated.md': '---\ntitle: A\ntemplate: post\ndate: 2026-01-01\n---\n',
      'posts/2026-01-01-x.md': '---\ntitle: A\ntemplate: post\n---\n',
    },
    [
      "pages/bad.md:3:1: the template 'post' shows a date, add 'date: 2026-02-28', or move the file to posts/",
    ],
  ],
  [
    'no front matter at all',
    { 'pages/bad.md': '# Title\n' },
    ["pages/bad.md:1:1: the title is missing, add 'title: …' to the front matter"],
  ],
  [
    'values of the wrong type',
    {
      'pages/bad.md':
        '---\ntitle: 2026\nnav_order: first\ndraft: maybe\ntags: news\nauthor: [A, B]\ncache: forever\nredirect_from: old\nnoindex: yes\n---\n',
    },
    [
      'pages/bad.md:2:1: title is the number 2026, not text, put it in quotes: title: "2026"',
      "pages/bad.md:3:1: nav_order is the string first, write a number, like 'nav_order: 2'",
      "pages/bad.md:4:1: draft is the string maybe, write 'draft: true' or 'draft: false'",
      'pages/bad.md:5:1: tags is the string news, write a list of texts, like \'tags: [news, "2026"]\'',
      'pages/bad.md:6:1: author is a list, not text, write one line of text',
      "pages/bad.md:7:1: cache is the string forever, write seconds, like 'cache: 300', or 'cache: private'",
      "pages/bad.md:8:1: redirect_from 'old' is not a path, write it like '/old/address'",
      "pages/bad.md:9:1: noindex is the string yes, write 'noindex: true' or 'noindex: false'",
    ],
  ],
  [
    'an unknown template',
    { 'pages/bad.md': '---\ntitle: One\ntemplate: dosc\n---\n' },
    ["pages/bad.md:3:1: there is no template 'dosc', did you mean 'docs'?"],
  ],
  [
    'a date that is not in the calendar',
    { 'pages/bad.md': '---\ntitle: One\ndate: 2026-02-30\n---\n' },
    [
      "pages/bad.md:3:1: date is the string 2026-02-30, not a day of the calendar, write it like 'date: 2026-02-28' or 'date: 2026-02-28 09:00'",
    ],
  ],
  [
    'file names of posts without a real date',
    { 'posts/2026-13-01-x.md': page(), 'posts/hello.md': page() },
    [
      'posts/2026-13-01-x.md:2:1: 2026-13-01 in the file name is not a day of the calendar, rename it to YYYY-MM-DD-slug.md',
      'posts/hello.md:2:1: the name of this post has no date, rename it to YYYY-MM-DD-slug.md',
    ],
  ],
  [
    'two pages with one URL',
    { 'pages/a.md': page(), 'pages/a/index.md': page() },
    ['pages/a.md:1:1: its URL /a is already that of pages/a/index.md, rename one of the two'],
  ],
  [
    'redirects that collide',
    {
      'pages/a.md': '---\ntitle: A\nredirect_from: /other\n---\n',
      'pages/b.md': '---\ntitle: B\nredirect_from: [/old]\n---\n',
      'pages/c.md': '---\ntitle: C\nredirect_from: [/old]\n---\n',
    },
    [
      'pages/a.md:3:1: redirect_from /other is the URL of a page, remove it from one of them',
      'pages/c.md:3:1: redirect_from /old is also in pages/b.md, remove it from one of them',
    ],
  ],
  [
    'an image that is not there',
    { 'pages/bad.md': '---\ntitle: A\nimage: /images/no.png\n---\n' },
    ['pages/bad.md:3:1: there is no image /images/no.png, put it in images/ and write its path'],
  ],
  [
    'an image that is none',
    { 'images/fake.png': 'not an image' },
    [
      'images/fake.png:1:1: this is not a readable image, save it again, or give it the extension of what it is',
    ],
  ],
  [
    'bad data files',
    { 'data/one.yml': 'a: [1', 'data/two.yml': 'a: 1', 'data/two.yaml': 'a: 2' },
    [
      'data/one.yml:1:6: YAML error: unexpected end of the stream within a flow collection, check quotes, colons and indentation on this line',
      'data/two.yml:1:1: data.two is already data/two.yaml, rename one of the two',
    ],
  ],
  [
    'files over their limits',
    { 'pages/bad.md': page('x'.repeat(300_000)), 'data/big.yml': `a: ${'x'.repeat(1_100_000)}` },
    [
      'data/big.yml:1:1: this file has 1075 kB, over the limit of 1024 kB, split it up or shrink it',
      'pages/bad.md:1:1: this file has 293 kB, over the limit of 256 kB, split it up or shrink it',
    ],
  ],
  [
    'text that is not UTF-8',
    { 'pages/bad.md': Buffer.concat([Buffer.from(page('Fine.\n')), Buffer.from([0x63, 0x61, 0xe9, 0x0a])]) },
    ['pages/bad.md:5:1: this line is not UTF-8 text, save the file as UTF-8'],
  ],
]

for (const [name, files, faults] of cases) {
  test(`${name}: says where and what to do, and the other pages go on`, async (t) => {
    const content = await new Folder(t, { ...other, ...files }).open()
    assert.deepEqual(content.faults.map(formatFault), faults)
    assert.equal(content.find('/other')?.title, 'Other')
  })
}

test('a page with broken front matter is not found, but its faults are', async (t) => {
  const content = await new Folder(t, { 'pages/bad.md': '---\ntitle: [\n---\n' }).open()
  assert.equal(content.find('/bad'), undefined)
  assert.deepEqual(content.faultsAt('/bad'), content.faultsAt('/bad').slice(0, 1))
  assert.equal(content.faultsAt('/bad')[0]?.file, 'pages/bad.md')
  assert.deepEqual(content.faultsAt('/other'), [])
})

test('an empty content folder says how to begin', async (t) => {
  const content = await new Folder(t).open()
  assert.deepEqual(content.faults.map(formatFault), [
    ".:1:1: the content folder has no pages, add pages/index.md, beginning with '---'",
  ])
})
