import assert from 'node:assert/strict'
import { test } from 'node:test'
import { convert } from '../../../kit/definition/convert/convert.ts'
import { sayFault } from '../../../kit/definition/fault.ts'

const rewrite = (text: string) => convert({ file: 'swarm.json', text }, 'folder')

test('names, links, scale and domains get their words of the first format', () => {
  const { text } = rewrite(`{ "components": {
    "api": { "expose": [ { "port": 80, "component": "api/web", "target_port": "$port" } ] },
    "api/web": { "image": "$image", "ports": $port, "domains": { "8000": ["a.example.com", "$domain"] },
      "scale": { "min": $min }, "memory-limit": "1g", "signal-ready": true },
    "job": { "image": "job:1", "links": [ { "component": "api", "target_port": 80 }, { "service": "mail", "target_port": 25 } ] } } }`)
  assert.equal(
    text,
    `{
  "app_name": "folder",
  "services": [
    {
      "service_name": "api",
      "components": [
        {
          "component_name": "web",
          "image": "$image",
          "ports": ["$port"],
          "domains": { "a.example.com": 8000, "$domain": 8000 },
          "scaling_policy": { "min": "$min" },
          "limits": { "memory": "1g" }
        }
      ]
    },
    {
      "service_name": "default",
      "components": [
        {
          "component_name": "job",
          "image": "job:1",
          "dependencies": [
            { "name": "api/web", "port": 80, "target_port": "$port", "alias": "api" },
            { "app": "mail", "port": 25 }
          ]
        }
      ]
    }
  ]
}
`,
  )
})

test('what is wrong with it is told, and nothing written', () => {
  const { text, faults } = rewrite('{ "components": { "a": { "image": "a", "ports": "x" } } }')
  assert.equal(text, undefined)
  assert.deepEqual(faults.map(sayFault), [
    'swarm.json:1 components/a/ports: expected a port from 1 to 65535, such as 8080 or "8080/tcp", got "x"',
  ])
})

test('the first format stays as it is', () => {
  const { text, faults } = rewrite('{ "app_name": "a", "services": [] }')
  assert.equal(text, undefined)
  assert.deepEqual(faults.map(sayFault), ['swarm.json:1:1: it is in the first format already'])
})
