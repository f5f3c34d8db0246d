#!/usr/bin/env node
import * as nodeModule from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'

const OLDEST_NODE = 24

if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  console.error(
    `Node ${process.versions.node} is too old for this command.\n` +
      'In the folder of the repository, `npx swarm` runs it with the one that `npm ci` has put there.',
  )
  process.exit(1)
}

// JavaScript, as whatever is loaded before the cache is open has its types stripped at each start, which takes longer
// than most verbs. In a folder of this user alone: whoever can write there decides what runs.
nodeModule.enableCompileCache(join(homedir(), '.cache', 'dogfood-swarm'))
await import('./swarm.ts')
