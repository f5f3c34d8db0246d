/** The closed set of what can go wrong for a visitor, with the status each one answers. */
export const statusOf = {
  badRequest: 400,
  forbidden: 403,
  notFound: 404,
  methodNotAllowed: 405,
  tooLarge: 413,
  invalid: 422,
  tooMany: 429,
  internal: 500,
  brokenContent: 500,
  unavailable: 503,
} as const

export type ErrorCode = keyof typeof statusOf

/** What a visitor may read of an error: never a stack, never another system's text. */
export const visitorText: Readonly<Record<ErrorCode, { title: string; message: string }>> = {
  badRequest: { title: 'Bad request', message: 'The browser sent something this site cannot read.' },
  forbidden: {
    title: 'Not from here',
    message: 'This form has to be sent from this site. Open its page and try again.',
  },
  notFound: { title: 'Page not found', message: 'There is no page at this address.' },
  methodNotAllowed: { title: 'Not possible here', message: 'This page can be read, but not written to.' },
  tooLarge: { title: 'Too large', message: 'What was sent is larger than this site takes.' },
  invalid: { title: 'Please check', message: 'Something in the form needs another look.' },
  tooMany: { title: 'Too many requests', message: 'Please wait a moment before trying again.' },
  internal: {
    title: 'Something broke',
    message: 'The fault is ours. It has been logged, and trying again may help.',
  },
  brokenContent: {
    title: 'This page is broken',
    message: 'Its source has a fault. The rest of the site works.',
  },
  unavailable: {
    title: 'Back in a moment',
    message: 'A part of the site is resting. Please try again shortly.',
  },
}

/** An error with a code from the closed set; its own message is for the log, never for the visitor. */
export class SiteError extends Error {
  override readonly name = 'SiteError'
  readonly code: ErrorCode
  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** The code of whatever was thrown: our own, what a body parser or router says with `status`, else internal. */
export function codeOf(error: unknown): ErrorCode {
  if (error instanceof SiteError) return error.code
  const status = (error as { status?: unknown } | undefined)?.status
  const known = (Object.keys(statusOf) as ErrorCode[]).find((code) => statusOf[code] === status)
  return known ?? (typeof status === 'number' && status >= 400 && status < 500 ? 'badRequest' : 'internal')
}
