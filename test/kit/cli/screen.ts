import type { Context } from '../../../kit/cli/context.ts'

/** A context without a terminal, and what was written to it. */
export function screen(over: Partial<Context> = {}) {
  const told = { said: '', complained: '' }
  const context: Context = {
    directory: '/nowhere',
    terminal: {
      isTerminal: false,
      columns: 80,
      say(text) {
        told.said += text
      },
      complain(text) {
        told.complained += text
      },
    },
    input: {
      isTerminal: false,
      all: async () => Buffer.alloc(0),
      answer: async () => {
        throw new Error('nobody is asked without a terminal')
      },
    },
    now: () => new Date('2026-11-21T18:33:05Z'),
    env: { PATH: process.env.PATH, USER: 'ann' },
    ...over,
  }
  return { told, context }
}
