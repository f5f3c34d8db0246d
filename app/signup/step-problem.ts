import type { Problem } from '../invites/form-problem.ts'

export const toCheck: Problem = {
  title: 'Please check the form',
  text: 'What you typed is still there.',
}

export const toCheckAndRetype: Problem = {
  title: 'Please check the form',
  text: 'Please type your password again: it is kept nowhere, not even for a moment.',
}

/** For a form that is not one of this session, such as one that was opened before the session began. */
export const formOutdated: Problem = {
  title: 'Please send the form once more',
  text: 'It was open for too long, or in two places, so nothing was done.',
}

/** For the page of the link, whose session may have ended, or never have reached the browser. */
export const cookieMissing: Problem = {
  title: 'Please press the button once more',
  text: 'This page was open for long, or your browser keeps no cookies of this site, so nothing was done.',
}

/** For a link that may or may not have been spent: the same form spends it again. */
export const notBegun: Problem = {
  title: 'We could not begin',
  text: 'A part of this site did not answer. Your link is as good as before: please press the button again in a moment.',
}

export const triedOften: Problem = {
  title: 'That was tried many times',
  text: 'Please wait a while, type your password again and press the button.',
}

/** For the name of a workspace: each one that is tried is looked up, and tells whether somebody has it. */
export const triedNames: Problem = {
  title: 'That was tried many times',
  text: 'Please wait a while, and press the button again. What you typed is still there.',
}

/** An account system that did not answer may have made the account; asking again makes no other. */
export const notAnswered =
  'The account system did not answer, so your account may or may not be there. Nothing is lost: please type your password again and press the button. However often you press it, there will be one account.'

/** For a queue that is down: without it an account could be made that nobody hears of. */
export const notAsked =
  'A part of this site did not answer, so no account was made this time. Nothing is lost: please type your password again and press the button in a moment.'

/** For an account that is there, and a session that could not be kept. */
export const notSignedIn =
  'Your account is made, but a part of this site did not answer, so you are not signed in yet. Please type your password again and press the button in a moment. There will be no second account.'
