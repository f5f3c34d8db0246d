import type { Request, Response } from 'express'
import { statusOf } from '../errors.ts'
import { placeOf } from './signup-session.ts'
import type { ShowPage, StepPage } from './step-page.ts'

const goOn = { url: '/signup/workspace', text: 'I have begun in this browser' }
const welcome = { url: '/welcome', text: 'I have an account' }
const request = { url: '/invite', text: 'I have no invite yet' }

/**
 * For every link that does not open: expired, used, forged, malformed or without a token. One page and one status,
 * so that nobody can tell them apart; 404, because "gone" would say that there was something.
 */
export const linkRefused: StepPage = {
  template: 'ways-on',
  title: 'This link does not open',
  status: statusOf.notFound,
  signup: {
    lead: 'The link of an invite opens once, and for a week. This one was used, is too old, or lost a part on its way.',
    newLink: true,
    ways: [goOn, welcome, request],
  },
}

/** For a step without a signup: its session ended, or never began. */
const nothingBegun: StepPage = {
  template: 'ways-on',
  title: 'No signup is under way here',
  signup: {
    lead: 'A signup begins with the link in the mail that invites you, and goes on in the same browser.',
    newLink: true,
    ways: [welcome, request],
  },
}

/** For the welcome page of nobody. */
export const notSignedIn: StepPage = {
  template: 'ways-on',
  title: 'You are not signed in',
  signup: {
    lead: 'You are signed in here from the moment your account is made until you sign out.',
    ways: [goOn, { url: '/signup/link', text: 'My link does not open' }, request],
  },
}

/** For somebody whose address has an account of another origin. */
export const hasAccount: StepPage = {
  template: 'ways-on',
  title: 'You have an account already',
  status: statusOf.invalid,
  signup: {
    lead: 'There is an account with your e-mail address, so no second one was made. Please use that one.',
    ways: [{ url: '/invite', text: 'I want another one, with another address' }],
  },
}

/** For a session of which the account is not, or not any more; see `makeAccount`. */
export const superseded: StepPage = {
  template: 'ways-on',
  title: 'This signup went on elsewhere',
  status: statusOf.forbidden,
  signup: {
    lead: 'A newer link of your invite was opened, your account is made, or the invite has ended. Please go on where you opened the newest link, or ask for another one.',
    newLink: true,
    ways: [welcome, request],
  },
}

/** Leads a visitor who is at another step to it. */
export function elsewhere(req: Request, res: Response, show: ShowPage): void {
  const place = placeOf(req.session)
  if (place) res.redirect(303, place)
  else show(req, res, nothingBegun)
}
