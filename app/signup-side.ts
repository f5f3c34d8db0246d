import type { RequestHandler } from 'express'
import type { StoreState } from './cache/page-store.ts'
import type { Config } from './config/config.ts'
import type { TaskQueue } from './deliveries/task-queue.ts'
import type { Log } from './logging/log.ts'
import type { Site } from './pages/site.ts'
import type { TopSearches } from './search/search-side.ts'

const inviteNames = [
  'inviteForm',
  'requestInvite',
  'inviteThanks',
  'linkForm',
  'askForLink',
  'linkAsked',
] as const
const stepNames = [
  'arrive',
  'begin',
  'workspace',
  'chooseWorkspace',
  'account',
  'createAccount',
  'welcome',
  'signOut',
] as const
const hookNames = ['crmHook'] as const
const operatorNames = [
  'signInForm',
  'signIn',
  'operatorSignOut',
  'overview',
  'inviteNow',
  'exportCsv',
  'searches',
  'queue',
] as const

const names = [...inviteNames, ...stepNames, ...hookNames, ...operatorNames] as const

type Handlers<Name extends string> = Readonly<Record<Name, RequestHandler>>
export type InviteHandlers = Handlers<(typeof inviteNames)[number]>
export type StepHandlers = Handlers<(typeof stepNames)[number]>
export type HookHandlers = Handlers<(typeof hookNames)[number]>
export type OperatorHandlers = Handlers<(typeof operatorNames)[number]>
export type SignupHandlers = InviteHandlers & StepHandlers & HookHandlers & OperatorHandlers

export interface SignupSideParts {
  readonly config: Config
  readonly log: Log
  readonly site: () => Site
  /** What visitors searched for, for the operators. */
  readonly topSearches: TopSearches
}

/** Invites, accounts and the operators' pages, with their stores, loaded when first needed. */
export interface SignupSide {
  readonly handlers: SignupHandlers
  open(): Promise<void>
  queueState(): StoreState
  /** Undefined until it is opened. */
  queue(): TaskQueue | undefined
  close(): Promise<void>
}

export interface OpenedSignup {
  readonly handlers: SignupHandlers
  readonly queue: TaskQueue
  readonly queueState: () => StoreState
  readonly close: () => Promise<void>
}

/** Public pages need none of this, so it is imported behind the first of them. */
export function signupSide(parts: SignupSideParts): SignupSide {
  let opening: Promise<OpenedSignup> | undefined
  let opened: OpenedSignup | undefined
  const unopened = parts.config.queueUrl === 'memory:' ? 'unused' : 'opening'
  const open = async () => {
    opening ??= import('./signup/open-signup.ts').then(({ openSignup }) => openSignup(parts))
    opened = await opening
    return opened
  }
  return {
    handlers: handlersBy((name) => async (req, res, next) => {
      const { handlers } = opened ?? (await open())
      await handlers[name](req, res, next)
    }),
    open: async () => void (await open()),
    queueState: () => opened?.queueState() ?? unopened,
    queue: () => opened?.queue,
    close: async () => (await opening)?.close(),
  }
}

/** A handler for each name. */
export const handlersBy = (make: (name: keyof SignupHandlers) => RequestHandler): SignupHandlers =>
  Object.fromEntries(names.map((name) => [name, make(name)])) as unknown as SignupHandlers
