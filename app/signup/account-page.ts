import type { ReadySignup } from './make-account.ts'
import { passwordLength, passwordWording } from './password.ts'
import type { StepForm, StepPage } from './step-page.ts'

export interface Fields {
  readonly terms: boolean
}

export const termsWording = 'Please agree to the terms, or no account can be made.'

/** The page of the last step. It is never given a password. */
export const accountPage = (
  { email, workspace }: ReadySignup,
  form: StepForm = {},
  status = 200,
): StepPage => ({
  template: 'account',
  title: 'Choose a password',
  status,
  form: { ...form, wording: { ...passwordWording, terms: termsWording } },
  signup: { email, workspace, length: passwordLength },
})
