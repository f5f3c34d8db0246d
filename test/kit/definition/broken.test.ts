import assert from 'node:assert/strict'
import { test } from 'node:test'
import { convert } from '../../../kit/definition/convert/convert.ts'
import { corpus, readExample } from './corpus.ts'

const token = /"(?:[^"\\]|\\.)*"|[\d.]+|[{}[\],:]|\w+/g
const others = ['', '{}', '[]', '""', 'null', '-1', '"$x"', '"__proto__"', '"a/b"', '"', ',', '}', '\\', '80']

test('a file in which anything is replaced by anything is read, or something is said of it', () => {
  for (const example of corpus) {
    const { text } = example.definition
    for (const [place, { 0: word, index }] of [...text.matchAll(token)].entries()) {
      const other = others[place % others.length] ?? ''
      const broken = text.slice(0, index) + other + text.slice(index + word.length)
      const { app, faults } = readExample(example, example.environments[0] ?? '', broken)
      assert.equal(app === undefined, faults.length > 0, broken)
      assert.ok(
        faults.every(({ place }) => place.line > 0),
        broken,
      )
      convert({ file: 'swarm.json', text: broken }, 'app')
    }
  }
})
