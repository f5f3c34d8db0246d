import { defaultTerms } from '../canary/option-values.ts'
import type { Verb } from '../cli/verb.ts'
import { lockOptions } from '../deploy/options.ts'

const changes = { reads: true, changes: true, prints: false } as const
const detach = { type: 'boolean', about: 'Does not wait for its end.' } as const

/** A version for some visitors: beginning it, and what can be wanted of it. */
export const canaryVerbs: readonly Verb[] = [
  {
    ...changes,
    name: 'canary start',
    summary:
      'Gives a version to a few visitors, more and more while it is as good as the old one, then to all.',
    takes: 'COMPONENT=TAG',
    words: { least: 1 },
    completes: 'component',
    options: {
      ...lockOptions,
      steps: {
        type: 'string',
        takes: 'PERCENT,...',
        about: `Shares of visitors, one after the other. ${defaultTerms.steps} unless given.`,
      },
      hold: {
        type: 'string',
        takes: 'TIME',
        about: `How long a step lasts at least. ${defaultTerms.hold} unless given.`,
      },
      'max-errors': {
        type: 'string',
        takes: 'PERCENT',
        about: `More errors than the old version it may have. ${defaultTerms.maxErrors} unless given.`,
      },
      'max-p95': {
        type: 'string',
        takes: 'FACTOR',
        about: `Its 95th percentile against that of the old version. ${defaultTerms.maxP95} unless given.`,
      },
      allow: {
        type: 'string',
        takes: 'RULE',
        multiple: true,
        about: 'Who gets it in any case: `10.0.0.0/8`, `cookie:name=value` or `header:Name=value`.',
      },
      manual: {
        type: 'boolean',
        about: 'It goes on only when it is told to: `swarm canary set`, `promote`.',
      },
      check: {
        type: 'string',
        takes: 'WHAT',
        multiple: true,
        about:
          'What has to pass before each step, too: the address of a hook, or a command for the image of the version.',
      },
      reason: { type: 'string', takes: 'TEXT', about: 'Why, for `swarm canary status`.' },
      detach,
    },
    details: [
      'The version runs beside the old one, with as many instances. A visitor stays on one side. It is compared by the ' +
        'errors and latencies that visitors see; a step is held until there were enough requests to find a version that is ' +
        'well beyond a limit. Whoever typed this may go: `control` goes on with it.',
      'Ends with 1 and the evidence where the version is taken back.',
    ],
    examples: [
      'swarm canary start webapp=1.4',
      'swarm canary start webapp=1.4 --steps 10,50 --hold 5m',
      'swarm canary start webapp=1.4 --check "node app/check.ts" --check https://ci.example.com/canary',
    ],
    load: async () => (await import('./canary-start.ts')).canaryStart,
  },
  {
    name: 'canary status',
    summary:
      'Shows the canary that is under way, or the last one: each change; of one that has ended, both versions side by side.',
    options: {
      chart: {
        type: 'string',
        takes: 'FILE',
        about: 'Of one that has ended: writes errors and p95 of both over time there, as SVG.',
      },
      id: {
        type: 'string',
        takes: 'ID',
        about: 'An older canary; `swarm releases` lists those that are kept, the last five.',
      },
    },
    examples: ['swarm canary status', 'swarm canary status --chart canary.svg'],
    reads: true,
    changes: false,
    prints: true,
    load: async () => (await import('./canary-status.ts')).canaryStatus,
  },
  {
    ...changes,
    name: 'canary promote',
    summary: 'Gives the version to everybody, by a rolling update of the component.',
    options: { detach },
    examples: ['swarm canary promote'],
    load: async () => (await import('./canary-wish.ts')).canaryPromote,
  },
  {
    ...changes,
    name: 'canary pause',
    summary: 'Keeps the share of visitors that the version has; it still is taken back if it is worse.',
    examples: ['swarm canary pause'],
    load: async () => (await import('./canary-wish.ts')).canaryPause,
  },
  {
    ...changes,
    name: 'canary resume',
    summary: 'Goes on with the step that it was at.',
    examples: ['swarm canary resume'],
    load: async () => (await import('./canary-wish.ts')).canaryResume,
  },
  {
    ...changes,
    name: 'canary abort',
    summary: 'Takes the version back: nobody gets it within two seconds, then it is removed. Ends with 1.',
    options: { reason: { type: 'string', takes: 'TEXT', about: 'Why, for `swarm canary status`.' }, detach },
    examples: ['swarm canary abort', 'swarm canary abort --reason "the search is slow"'],
    load: async () => (await import('./canary-wish.ts')).canaryAbort,
  },
  {
    ...changes,
    name: 'canary set',
    summary: 'Gives the version another share of visitors; one that is no step stays until it is resumed.',
    takes: 'PERCENT',
    words: { least: 1 },
    examples: ['swarm canary set 10%'],
    load: async () => (await import('./canary-wish.ts')).canarySet,
  },
]
