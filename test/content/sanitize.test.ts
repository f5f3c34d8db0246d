import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { formatFault } from '../../app/content/fault.ts'
import { documentAt, Folder, page, render } from './folder.ts'

const payloads = [
  '<script>alert(1)</script>',
  '<SCRIPT SRC=//evil.example/x.js></SCRIPT>',
  '<img src=x onerror=alert(1)>',
  '<img src="x" onerror\n=\n"alert(1)">',
  '<svg onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<svg><animate attributeName=href values=javascript:alert(1) /></svg>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<object data="data:text/html,<script>alert(1)</script>"></object>',
  '<embed src="javascript:alert(1)">',
  '<a href="javascript:alert(1)">x</a>',
  '<a href="JaVaScRiPt:alert(1)">x</a>',
  '<a href="java\tscript:alert(1)">x</a>',
  '<a href="&#106;avascript&colon;alert(1)">x</a>',
  '<a href="\u0001javascript:alert(1)">x</a>',
  '<a href="data:text/html,<script>alert(1)</script>">x</a>',
  '<a href="vbscript:msgbox(1)">x</a>',
  '<a href="#" onclick="alert(1)">x</a>',
  '[x](javascript:alert(1))',
  '[x](JAVASCRIPT:alert(1))',
  '[x](<java\u00a0script:alert(1)>)',
  '[x](data:text/html;base64,PHNjcmlwdD4=)',
  '![x](javascript:alert(1))',
  '![x](data:image/svg+xml,<svg/onload=alert(1)>)',
  '[x]: javascript:alert(1)\n\n[x]',
  '<javascript:alert(1)>',
  '![x" onerror="alert(1)](#)',
  '[x](# "y\\" onclick=\\"alert(1)")',
  '<div style="background:url(javascript:alert(1))">x</div>',
  '<style>@import "//evil.example/x.css";</style>',
  '<link rel="stylesheet" href="//evil.example/x.css">',
  '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
  '<base href="//evil.example/">',
  '<form action="javascript:alert(1)"><button formaction="javascript:alert(1)">x</button></form>',
  '<input autofocus onfocus=alert(1)>',
  '<details open ontoggle=alert(1)>x</details>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<textarea><img src=x onerror=alert(1)></textarea>',
  '<xmp><img src=x onerror=alert(1)></xmp>',
  '<!--><img src=x onerror=alert(1)>-->',
  '<p title="`><img src=x onerror=alert(1)>">x',
  '```"><script>alert(1)</script>\nx\n```',
  '```js\n</code></pre><script>alert(1)</script>\n```',
  '## <img src=x onerror=alert(1)>',
  '| <script>alert(1)</script> |\n|---|\n| <b onmouseover=alert(1)>x</b> |',
  'x[^"><script>alert(1)</script>]\n\n[^"><script>alert(1)</script>]: y',
]

const dangerous =
  /<(?:script|style|iframe|object|embed|link|meta|base|form|button|svg|math|noscript|textarea|xmp)|<[^>]*\s(?:on\w+|style|srcdoc|formaction)[\s=>]|(?:href|src)="\s*(?:java\s*script|data|vbscript):/i

const files = payloads.map((payload, i) => [`pages/${i}.md`, page(payload)])
const attacked = new Folder({ after }, Object.fromEntries(files)).open()

for (const [i, payload] of payloads.entries()) {
  test(`${JSON.stringify(payload)} does no harm`, async () => {
    const { html } = await documentAt(await attacked, `/${i}`)
    assert.doesNotMatch(html.replaceAll(/ (?!href|src)[\w-]+="[^"]*"/g, ''), dangerous)
  })
}

test('what was removed is named with its place', async (t) => {
  const { html, faults } = await render(
    t,
    'Some <b onclick="x()">bold</b>\n\n<iframe src="//x.example"></iframe>\n\n[y](javascript:1)\n',
  )
  assert.match(html, /Some <b>bold<\/b>/)
  assert.deepEqual(faults.map(formatFault), [
    'pages/page.md:4:9: warning: onclick was removed from <b>, write it in Markdown, or leave it out',
    'pages/page.md:6:1: warning: <iframe> was removed, write it in Markdown, or leave it out',
    "pages/page.md:8:5: warning: the link to a 'javascript:' address was removed, write it in Markdown, or leave it out",
  ])
})

test('harmless HTML stays', async (t) => {
  const html = '<details>\n<summary>More</summary>\n<p class="note">Press <kbd>F1</kbd>.</p>\n</details>\n'
  const document = await render(t, html)
  assert.deepEqual([document.html, document.faults], [html, []])
})

test('unbalanced HTML cannot leave the page body', async (t) => {
  const { html } = await render(t, '</div></main></body><div><section>open')
  assert.equal(html.match(/<\/?(?:div|section|main|body)>/g)?.join(''), '<div><section></section></div>')
})
