import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { splitPart } from '../../kit/canary/share.ts'
import { decodeSides, encodePromoted, encodeSides, type Sides } from '../../kit/canary/sides.ts'
import { randomOf } from '../kit/canary/canaries.ts'
import { run } from '../lab/command.ts'
import { rules } from './words.ts'

const script = join(import.meta.dirname, '../../nginx/write-split.sh')
/** What nginx is to read; undefined for a word that is refused. */
const written = (word: string, promoted = ''): Promise<string | undefined> =>
  run('bash', [script, word, promoted]).catch(() => undefined)

const sides: Sides = {
  version: 17,
  id: 'c-7',
  percent: 12.5,
  salt: 'k3f9a1',
  allow: rules('10.0.0.0/8', '2001:db8::/32', 'cookie:side=blue', 'header:X-Side=1.4-b_c'),
}
const word = encodeSides(sides)

/** Every line that there may be, whatever the word is. */
const lines = [
  /^split_clients "[A-Za-z0-9]{1,64}\$visitor_id" \$side_of_known \{$/,
  /^split_clients "[A-Za-z0-9]{1,64}\$request_id" \$side_of_request \{$/,
  /^ {2}(?:\d{1,3}\.\d\d%|\*) (?:canary|old);$/,
  /^\}$/,
  /^map \$side \$side_told \{ default "side;desc=old, share;desc=(\d{1,3}(?:\.\d\d)?)"; canary "side;desc=canary, share;desc=\1"; \}$/,
  /^map \$side \$side_key \{ default "(?:[A-Za-z0-9-]{1,32}~)?"; canary [A-Za-z0-9-]{1,32}~; \}$/,
  /^map "" \$canary_(?:id|salt) \{ default [A-Za-z0-9-]{1,64}; \}$/,
  /^secure_link_md5 "\$visitor_id [A-Za-z0-9]{1,64}";$/,
  /^map \$http_cookie \$pinned_side \{ default ""; "~\(\?:\^\|; \*\)__Host-side-pin=[A-Za-z0-9-]{1,32}\[\.\]\(\?<pin>canary\|old\)\(\?:;\|\$\)" \$pin; \}$/,
  /^geo \$is_allowed \{$/,
  /^ {2}[0-9A-Fa-f.:]+(?:\/\d{1,3})? 1;$/,
  /^map \$(?:cookie|http)_\w{1,64} \$wish_\d+ \{ default ""; ~\^old\$ old; ~\^(?:[A-Za-z0-9_-]|\[\.\])+\$ canary; \}$/,
  /^map "(?:\$wish_\d+)*" \$wished_side \{ default ""; ~old old; ~canary canary; \}$/,
]

function assertOnlyKnownLines(text: string, from: string): void {
  for (const line of text.split('\n').filter(Boolean))
    assert.ok(
      lines.some((known) => known.test(line)),
      `${JSON.stringify(from)}: ${line}`,
    )
}

test('a word becomes share, salt, addresses and testers', async () => {
  const text = (await written(word)) ?? ''
  assertOnlyKnownLines(text, word)
  for (const part of [
    '"k3f9a1$visitor_id"',
    '"k3f9a1$request_id"',
    '  12.50% canary;\n  * old;',
    '  2001:db8::/32 1;',
    'map $cookie_side ',
    '~^1[.]4-b_c$ canary;',
  ])
    assert.ok(text.includes(part), part)
})

test('pages of a canary that was promoted are those of the old version', async () => {
  const text = (await written(word, 'c-6')) ?? ''
  assertOnlyKnownLines(text, word)
  assert.ok(text.includes('{ default "c-6~"; canary c-7~; }'))
  for (const promoted of ['c~6', 'c"6', 'c 6', 'c\n6', '$c', 'x'.repeat(33)])
    assert.equal(await written(word, promoted), undefined, promoted)
})

test('of a canary that was promoted nothing is written, and it is not under way again', async () => {
  const ended = encodePromoted('c-7', 18)
  assert.equal(await written(ended, 'c-7'), '')
  for (const again of [word, encodeSides({ ...sides, percent: 100 }), '1~18~c-7~0~k3f9a1~'])
    assert.equal(await written(again, 'c-7'), undefined, again)
  assert.notEqual(await written(word, 'c-70'), undefined)
})

test('shares are those of split_clients', async () => {
  for (const percent of [0, 0.01, 0.5, 1, 5, 12.5, 99.99, 100]) {
    const text = (await written(encodeSides({ ...sides, percent }))) ?? ''
    const parts = [...text.matchAll(/\{\n {2}(\S+) canary;/g)].map(([, part]) => part?.replace(/\.?0*%/, '%'))
    const part = splitPart(percent)
    assert.deepEqual(parts, part === undefined ? [] : [part, part], `${percent} %`)
  }
})

test('IPv6 is written in the form that nginx takes, wherever it has zeros', async () => {
  const addresses = Array.from({ length: 256 }, (_, pattern) => {
    const groups = Array.from({ length: 8 }, (_, group) => ((pattern >> group) & 1 ? 'a' : '0'))
    // Typed as nginx refuses it: with `::` for one group.
    return groups.join(':').replace(/(?:^|:)0(?::|$)/, '::')
  })
  for (const some of [addresses.slice(0, 85), addresses.slice(85, 170), addresses.slice(170)]) {
    const short = encodeSides({ ...sides, allow: rules(...some.map((address) => `${address}/112`)) })
    const text = (await written(short)) ?? ''
    assertOnlyKnownLines(text, short)
    const networks = [...text.matchAll(/^ {2}(\S+)\/112 1;$/gm)].map(([, network = '']) => network)
    assert.equal(networks.length, some.length)
    for (const network of networks) {
      const groups = network.split(':').filter(Boolean).length
      assert.ok(network.includes('::') ? groups <= 6 : groups === 8, network)
    }
  }
})

test('nothing is written where nobody may get the canary', async () => {
  for (const closed of ['none', '1~1~c7~0~k3f9a1~', '1~1~c7~0.00~k3f9a1~'])
    assert.equal(await written(closed), '')
})

const evil = [
  '',
  'old',
  ' none',
  'none\n',
  `2${word.slice(1)}`,
  `${word},`,
  `${word} `,
  `${word}\n`,
  `${word}\nload_module /tmp/x.so;`,
  word.replace('k3f9a1', 'k3";}'),
  word.replace('k3f9a1', '$(id)'),
  word.replace('k3f9a1', 'é'),
  word.replace('k3f9a1', 'promoted'),
  '1~17~c-7~5~promoted~',
  '1~17~c-7~0~promoted~10.0.0.0/8',
  word.replace('c-7', 'c.7'),
  word.replace('c-7', 'x'.repeat(33)),
  word.replace('12.5', '100.01'),
  word.replace('12.5', '1e1'),
  word.replace('12.5', ''),
  word.replace('10.0.0.0', '10.0.0.256'),
  word.replace('10.0.0.0', '10.0.0.00'),
  word.replace('10.0.0.0/8', 'default'),
  word.replace('blue', 'old'),
  word.replace('blue', 'b;ue'),
  word.replace('blue', '$b'),
  word.replace('blue', 'x'.repeat(65)),
  word.replace('X-Side', 'X_Side'),
  word.replace('~17~', '~0~'),
  word.replace('~17~', '~1000000000000000~'),
  `${word}${',10.0.0.0/8'.repeat(200)}`,
  '<html>503</html>',
]

test('what is not of the form is refused, as the kit refuses it', async () => {
  for (const text of evil.filter((each) => each !== 'none\n')) {
    assert.equal(await written(text), undefined, JSON.stringify(text))
    assert.throws(() => decodeSides(text), JSON.stringify(text))
  }
  assert.equal(await written('none\n'), undefined)
})

const letters = [...'0123456789abcdefxyzAZ~,:=/._- ";{}$\\\n\'`()*#|&<>é%']

test('whatever is changed in a word, no line of another form is written', async () => {
  const random = randomOf(11)
  const at = (length: number) => Math.floor(random() * length)
  let taken = 0
  for (let round = 0; round < 200; round += 1) {
    const place = at(word.length)
    const changed = `${word.slice(0, place)}${letters[at(letters.length)]}${word.slice(place + at(2))}`
    const text = await written(changed)
    assertOnlyKnownLines(text ?? '', changed)
    if (text !== undefined) taken += 1
    // The kit looks at addresses more closely than letters; what is none, nginx refuses.
    else assert.throws(() => decodeSides(changed), JSON.stringify(changed))
  }
  assert.ok(taken > 20 && taken < 180, `${taken} taken`)
})
