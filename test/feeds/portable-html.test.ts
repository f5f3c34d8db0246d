import assert from 'node:assert/strict'
import { test } from 'node:test'
import { portableHtml } from '../../app/feeds/portable-html.ts'

const base = 'https://www.example.com/blog/post'

const cases: Readonly<Record<string, [html: string, portable: string]>> = {
  'addresses become whole': [
    '<a href="/docs?a=1&amp;b=2#c">x</a> <a href="#d">y</a> <a href="mailto:a@example.com">z</a>',
    '<a href="https://www.example.com/docs?a=1&amp;b=2#c">x</a> <a href="https://www.example.com/blog/post#d">y</a> <a href="mailto:a@example.com">z</a>',
  ],
  'so do those of all sizes of a picture': [
    '<img src="/a.png" srcset="/a-1.png 1w, /a-2.png 2w" alt="A" loading="lazy" width="2">',
    '<img src="https://www.example.com/a.png" srcset="https://www.example.com/a-1.png 1w, https://www.example.com/a-2.png 2w" alt="A" width="2">',
  ],
  'the anchor of a heading goes': [
    '<h2 id="a">A &amp; <code>b</code> <a href="#a" class="anchor" aria-label="Link to A">#</a></h2>',
    '<h2 id="a">A &amp; <code>b</code></h2>',
  ],
  'coloured code becomes code': [
    '<pre tabindex="0"><code class="hljs"><span class="a">let <span class="b">x</span></span> = <span lang="de">1</span></code></pre>',
    '<pre><code>let x = <span lang="de">1</span></code></pre>',
  ],
  'a drawing that needs the style sheet becomes its words': [
    '<p>a <svg class="drawing" viewBox="0 0 1 1" role="img" aria-label="Two &amp; two"><path d="M0 0"/></svg> b</p>',
    '<p>a <em>Two &amp; two</em> b</p>',
  ],
  'text that looks like a tag stays text': [
    '<p>&lt;a href="/x"&gt; class="y"</p>',
    '<p>&lt;a href="/x"&gt; class="y"</p>',
  ],
}

for (const [name, [html, portable]] of Object.entries(cases)) {
  test(name, () => assert.equal(portableHtml(html, base), portable))
}
