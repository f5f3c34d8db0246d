import { titleSlug } from '../new/title-slug.ts'

/** In characters. */
export const workspaceLength = { least: 3, most: 32 } as const
// As docs/accounts-api.yaml has it.
const form = /^(?=.{3,32}$)[a-z](?:-?[a-z0-9])*$/

export const workspaceWording = {
  missing: 'Please give your workspace a name.',
  form: 'Please use 3 to 32 letters a to z, digits and single hyphens; a letter first, no hyphen last.',
  taken: 'Somebody has this name already. Please choose another one.',
} as const

/** A name as it was typed, without what nobody means: spaces around it, and capitals. */
export const typedWorkspace = (typed: string): string => typed.trim().toLowerCase()

/** What is wrong with the name of a workspace; undefined when nothing is. */
export function workspaceFault(name: string): string | undefined {
  if (name === '') return workspaceWording.missing
  return form.test(name) ? undefined : workspaceWording.form
}

/** A name for the workspace of a company; empty when the company's name makes none. */
export function suggestWorkspace(company: string): string {
  const name = titleSlug(company).slice(0, workspaceLength.most).replace(/-$/, '')
  return workspaceFault(name) === undefined ? name : ''
}
