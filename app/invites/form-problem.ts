/** What is said above a form that has to be sent again. */
export interface Problem {
  readonly title: string
  readonly text: string
}

/** Shown with a list of the wrong fields. */
export const fieldsToCheck: Problem = {
  title: 'Please check the form',
  text: 'Everything else you typed is still there.',
}

/** For a person whom we took for a program. */
export const pressAgain: Problem = {
  title: 'Please press the button once more',
  text: 'We could not tell your request from one that a program sends. Everything you typed is still there.',
}

/** An answer from the store that never came may have been a yes, so this does not say that nothing was saved. */
export const notStored: Problem = {
  title: 'We could not store your request',
  text: 'It does not count yet. Everything you typed is still there: please press the button again in a moment. Sending it twice does no harm.',
}

/** `seconds` until the form will be taken again. */
export const tooOften = (seconds: number): Problem => ({
  title: 'That was a lot of requests',
  text: `Please press the button again in ${duration(seconds)}. Everything you typed is still there.`,
})

function duration(seconds: number): string {
  const minutes = Math.ceil(seconds / 60)
  if (seconds < 60) return `${seconds} ${seconds === 1 ? 'second' : 'seconds'}`
  return minutes === 1 ? 'a minute' : `${minutes} minutes`
}
