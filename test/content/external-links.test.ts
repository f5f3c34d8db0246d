import assert from 'node:assert/strict'
import { test } from 'node:test'
import { externalFault } from '../../app/content/external-links.ts'
import { formatFault } from '../../app/content/fault.ts'
import { documentAt, Folder, page, render } from './folder.ts'

const malformed: Readonly<Record<string, string>> = {
  'http//example.org/x': 'error: http//example.org/x has no colon, write http://example.org/x',
  'https:/example.org/x':
    'warning: https:/example.org/x has not two slashes behind https:, write https://example.org/x',
  'http:///example.org':
    'warning: http:///example.org has not two slashes behind http:, write http://example.org',
  'https:example.org':
    'warning: https:example.org has not two slashes behind https:, write https://example.org',
  'https://http://example.org':
    'error: https://http://example.org names its scheme twice, write http://example.org',
  'www.example.com/x':
    'error: www.example.com/x is taken for a page of this site, write https://www.example.com/x',
  'http://exa mple.org/': 'error: http://exa mple.org/ has a blank in its host, take the blank out',
  'http://exa%20mple.org': 'error: http://exa%20mple.org has a blank in its host, take the blank out',
  'http://example.org:http/':
    "error: http://example.org:http/ has no such port as 'http', write a number up to 65535",
  'http://example.org:65536':
    "error: http://example.org:65536 has no such port as '65536', write a number up to 65535",
  'http://': 'error: http:// has no host that there can be, correct what comes after the slashes',
  'http://a<b.org':
    'error: http://a<b.org has no host that there can be, correct what comes after the slashes',
  'http://example..org': 'error: http://example..org has an empty part in its host, take one dot out',
  'http://intranet/x':
    "warning: http://intranet/x leads to the host 'intranet', which has no dot, write the whole name of the host",
  '//cdn/x': "warning: //cdn/x leads to the host 'cdn', which has no dot, write the whole name of the host",
  'mailto:team':
    'error: mailto:team has no address of the form name@host, write one, like mailto:team@example.org',
  'mailto:': 'error: mailto: has no address of the form name@host, write one, like mailto:team@example.org',
}

for (const [target, fault] of Object.entries(malformed)) {
  test(`'${target}' is told to be malformed`, () => {
    const { severity, what, fix } = externalFault(target) ?? {}
    assert.equal(`${severity}: ${what}, ${fix}`, fault)
  })
}

test('what is well formed, or of this site, is left alone', () => {
  for (const target of [
    'https://example.org',
    'HTTPS://EXAMPLE.ORG:443/a b?c#d',
    'http://user:pass@example.org:8080/x@y:z',
    'http://localhost:8000/x',
    'http://app.localhost',
    'http://127.0.0.1:6379',
    'http://[::1]:80/',
    'https://例え.jp/パス',
    'https://example.org./',
    '//example.org/x',
    'mailto:a@example.org,b%40example.org?subject=x',
    'mailto:?subject=x',
    'tel:+491234',
    '/www.example.org',
    'www/page.md',
    'http.md',
    'https/',
    '#http://x',
    '',
  ])
    assert.equal(externalFault(target), undefined, target)
})

test('a malformed link is told at its place, once, and stays as it was written', async (t) => {
  const { html, faults } = await render(
    t,
    'See [a](http//example.org) and\n<a href="www.example.org">b</a>, ![c](http:/example.org/c.png)\n\nhttp://intranet www.example.org a@example.org',
  )
  assert.deepEqual(faults.map(formatFault), [
    'pages/page.md:4:9: the link http//example.org has no colon, write http://example.org',
    'pages/page.md:5:10: the link www.example.org is taken for a page of this site, write https://www.example.org',
    'pages/page.md:5:39: warning: the image http:/example.org/c.png has not two slashes behind http:, write http://example.org/c.png',
    "pages/page.md:7:1: warning: the link http://intranet leads to the host 'intranet', which has no dot, write the whole name of the host",
  ])
  assert.match(html, /<a href="http\/\/example.org"/)
})

test('in a folder of others no malformed link costs a page', async (t) => {
  const content = await new Folder(t, { 'x.md': page('[a](http//example.org)') }).open()
  const { faults } = await documentAt(content, '/x')
  assert.deepEqual(
    faults.map(({ severity }) => severity),
    ['warning'],
  )
})
