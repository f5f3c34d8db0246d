import type { Context } from './context.ts'

/** Aborts when a verb that only shows something has to end: it was interrupted, or nobody reads it any more. */
export const untilEnded = ({ interruption, readerGone }: Context): AbortSignal =>
  AbortSignal.any([interruption, readerGone].filter((signal) => signal !== undefined))
