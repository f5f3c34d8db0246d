import type { Form, Question, WantedBy } from './change.ts'
import type { ControlClient } from './control-client.ts'
import { ControlError } from './control-error.ts'

/** What can be wanted of the canary under way, each by the name of its form. */
export const canaryChanges: Readonly<Record<'pause' | 'resume' | 'promote' | 'abort' | 'share', WantedBy>> = {
  pause: (form, control) => canaryChange(form, control, 'pause', '/canary/pause', {}),
  resume: (form, control) => canaryChange(form, control, 'resume', '/canary/resume', {}),

  promote: async (form, control) => ({
    ...(await canaryChange(form, control, 'promote', '/canary/promote', {})),
    said: 'begun',
    question: promoteQuestion,
  }),

  // The command's own history has the reason, so that it says who it was.
  abort: async (form, control, operator) => ({
    ...(await canaryChange(form, control, 'abort', '/canary/abort', {
      reason: `by ${operator} at the console`,
    })),
    said: 'begun',
    question: abortQuestion,
  }),

  async share(form, control) {
    const percent = shareIn(form.percent)
    const wanted = await canaryChange(form, control, 'share', '/split', { percent })
    const change = { ...wanted.change, method: 'PUT' } as const
    return { ...wanted, change, details: { ...wanted.details, percent: String(percent) } }
  },
}

const promoteQuestion: Question = {
  question: 'Promote the canary?',
  means: 'Everybody gets its version: the instances of the old one are replaced, one after the other.',
  yes: 'Promote it',
}

const abortQuestion: Question = {
  question: 'Abort the canary?',
  means: 'Nobody gets its version any more, and its instances are removed.',
  yes: 'Abort it',
}

async function canaryChange(form: Form, control: ControlClient, name: string, path: string, body: object) {
  const { canary = '' } = form
  const { phase, id } = await control.split()
  // Who read of one canary does not mean the next.
  if (phase === 'none' || id !== canary)
    throw new ControlError('invalid', 'That canary has ended, so nothing was changed.')
  const change = { method: 'POST', path, body } as const
  return { change, done: `canary ${name}`, details: { canary }, said: name }
}

function shareIn(text = ''): number {
  const percent = Number(text)
  if (/^\d{1,3}(?:\.\d{1,2})?$/.test(text) && percent <= 100) return percent
  throw new ControlError(
    'invalid',
    'A share is a number from 0 to 100 with two decimals at most, such as 12.5.',
  )
}
