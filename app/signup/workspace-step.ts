import { statusOf } from '../errors.ts'
import { textOf } from '../invites/invite-form.ts'
import { OutsideError } from '../outside/outside-error.ts'
import { hasCsrf } from '../sessions/csrf.ts'
import { saveSession } from '../sessions/session.ts'
import type { SignupParts } from '../signup-parts.ts'
import type { StepHandlers } from '../signup-side.ts'
import { inTime } from './in-time.ts'
import type { SignupSession } from './signup-session.ts'
import type { ShowPage, StepForm, StepPage } from './step-page.ts'
import { formOutdated, toCheck, triedNames } from './step-problem.ts'
import { elsewhere } from './ways-on.ts'
import { typedWorkspace, workspaceFault, workspaceLength, workspaceWording } from './workspace.ts'

type Handlers = Pick<StepHandlers, 'workspace' | 'chooseWorkspace'>

const longestWait = 2000

/** The first step: what the workspace is called. */
export function workspaceHandlers({ accounts, limits, log }: SignupParts, show: ShowPage): Handlers {
  /** Without an answer the step goes on: the last one asks again, and finds out for certain. */
  const isTaken = async (name: string): Promise<boolean> => {
    try {
      return !(await inTime(accounts.isFree(name), longestWait))
    } catch (error) {
      if (!(error instanceof OutsideError)) throw error
      log.warn({ err: error }, 'whether the name of a workspace is free, is found out at the last step')
      return false
    }
  }

  return {
    workspace(req, res) {
      const { signup } = req.session
      if (signup) show(req, res, workspacePage(formOf(signup)))
      else elsewhere(req, res, show)
    },

    async chooseWorkspace(req, res) {
      const { signup } = req.session
      if (!signup) return elsewhere(req, res, show)
      const typed = textOf(req.body, 'workspace')
      const fields = { workspace: typed }
      if (!hasCsrf(req))
        return show(req, res, workspacePage({ fields, problem: formOutdated }, statusOf.forbidden))
      const seconds = await limits.take('workspace by invite', signup.inviteId)
      if (seconds > 0) {
        res.set('Retry-After', String(seconds))
        return show(req, res, workspacePage({ fields, problem: triedNames }, statusOf.tooMany))
      }
      const workspace = typedWorkspace(typed)
      const fault =
        workspaceFault(workspace) ?? ((await isTaken(workspace)) ? workspaceWording.taken : undefined)
      if (fault) return show(req, res, workspacePage(wrong(fields, fault), statusOf.invalid))
      const { taken: _, ...rest } = signup
      req.session.signup = { ...rest, workspace }
      await saveSession(req)
      res.redirect(303, '/signup/account')
    },
  }
}

/** The form as it is when the step is come to. */
function formOf({ workspace, taken, suggestion }: SignupSession): StepForm {
  if (taken !== undefined) return wrong({ workspace: taken }, workspaceWording.taken)
  return { fields: { workspace: workspace ?? suggestion } }
}

const wrong = (fields: { readonly workspace: string }, fault: string): StepForm => ({
  fields,
  problem: toCheck,
  errors: { workspace: fault },
})

const workspacePage = (form: StepForm, status = 200): StepPage => ({
  template: 'workspace',
  title: 'Name your workspace',
  status,
  form: { ...form, wording: workspaceWording },
  signup: { length: workspaceLength },
})
