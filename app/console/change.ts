import type { Request, RequestHandler, Response } from 'express'
import { audit } from '../operators/audit.ts'
import { operatorOf } from '../operators/operator-session.ts'
import { operatorView } from '../operators/operator-view.ts'
import { showConsole } from './console-page.ts'
import type { ConsoleParts } from './console-parts.ts'
import type { ControlChange } from './control-client.ts'
import { ControlError, controlAway } from './control-error.ts'

/** A change that a form wants, with what a question before it says. */
export interface Wanted {
  readonly change: ControlChange
  /** As the audit log has it; what changes is beside it. */
  readonly done: string
  readonly details: Readonly<Record<string, string>>
  /** The word in the address of the page that says what became of it. */
  readonly said: string
  readonly question?: Question | undefined
}

export interface Question {
  readonly question: string
  readonly means: string
  readonly yes: string
}

export type Form = Readonly<Record<string, string | undefined>>
export type WantedBy = (form: Form, control: ConsoleParts['control'], operator: string) => Promise<Wanted>

/** Makes the change that a form wants, after a question where it has one, and shows the page again. */
export const changeBy =
  (parts: ConsoleParts, wantedBy: WantedBy): RequestHandler =>
  async (req, res) => {
    try {
      const form = textsOf(req.body)
      const wanted = await wantedBy(form, parts.control, operatorOf(req))
      if (wanted.question && form.sure !== 'yes') return await ask(parts, req, res, wanted.question, form)
      await make(parts, req, wanted)
      res.redirect(303, `/console?done=${wanted.said}`)
    } catch (error) {
      if (!(error instanceof ControlError)) throw error
      await showConsole(parts, req, res, { problem: error })
    }
  }

/** In the audit log before it does anything, and with its outcome. */
async function make({ control }: ConsoleParts, req: Request, { change, done, details }: Wanted) {
  const note = (outcome: string, why?: string) =>
    audit(req, 'console action', { done, ...details, outcome, why })
  note('asked')
  try {
    await control.change(change, { operator: operatorOf(req), request: String(req.id) })
  } catch (error) {
    const fault = controlAway(error)
    note('failed', fault.message)
    throw fault
  }
  note('taken')
}

async function ask(
  { site }: ConsoleParts,
  req: Request,
  res: Response,
  question: Question,
  { csrf: _, ...given }: Form,
): Promise<void> {
  const page = { template: 'console-ask', title: 'Console', url: '/console' } as const
  res.send(await operatorView(site(), req, page, { ...question, given, action: req.path }))
}

const textsOf = (body: unknown): Form =>
  Object.fromEntries(
    Object.entries({ ...(body as object) }).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  )
