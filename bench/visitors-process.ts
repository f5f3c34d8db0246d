import { setPriority } from 'node:os'
import { type Asking, startLoad } from '../test/rollout/load.ts'

// Four pages that the front keeps, and a form, which passes through every time.
const pages = ['/', '/docs', '/blog', '/how-it-works']
const kinds: readonly Asking[] = [
  { path: (turn) => pages[turn % pages.length] ?? '/', share: 4 },
  { path: () => '/invite', share: 1 },
]

// Visitors are not on the server: what it is busy with must not delay them. Only root may go first.
if (process.getuid?.() === 0) setPriority(-20)
const [url = '', perSecond = ''] = process.argv.slice(2)
const load = startLoad(url, kinds, Number(perSecond))
process.once('message', async () => {
  const seen = await load.stop()
  process.send?.(seen, () => process.disconnect?.())
})
