import type { MarkdownThread } from './markdown-thread.ts'

let users = 0
let thread: Promise<MarkdownThread> | undefined

/** The one Markdown thread of this process: content that is opened anew goes on with it. */
export function sharedThread(): Promise<MarkdownThread> {
  thread ??= import('./markdown-thread.ts').then(({ MarkdownThread }) => new MarkdownThread())
  return thread
}

export function joinThread(): void {
  users++
}

/** The last one to leave ends the thread, when what it is at is done. */
export async function leaveThread(): Promise<void> {
  users--
  if (users > 0) return
  const last = thread
  thread = undefined
  await (await last)?.close()
}
