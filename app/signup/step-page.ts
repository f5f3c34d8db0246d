import type { Request, Response } from 'express'
import type { Problem } from '../invites/form-problem.ts'
import { pageContext } from '../pages/page-plan.ts'
import type { Site } from '../pages/site.ts'
import { csrfOf } from '../sessions/csrf.ts'

/** What a form of the signup shows beside its labels. */
export interface StepForm {
  /** What was typed, but for the password. */
  readonly fields?: Readonly<Record<string, string | boolean>>
  /** Said above the form, which gets the focus. */
  readonly problem?: Problem
  /** Said above the form, which waits for nothing but the password and the button. */
  readonly retry?: string
  /** What is wrong, by field. */
  readonly errors?: Readonly<Record<string, string>>
  /** What the page's script says of faults before the form is sent. */
  readonly wording?: Readonly<Record<string, string>>
}

/** A page of the signup, of a template in app/views/signup. */
export interface StepPage {
  readonly template: 'arrive' | 'workspace' | 'account' | 'welcome' | 'ways-on'
  readonly title: string
  readonly status?: number
  readonly form?: StepForm
  readonly signup: object
}

export type ShowPage = (req: Request, res: Response, page: StepPage) => void

/** Sends pages of the signup, their forms bound to the visitor's session. */
export const showPageOf =
  (site: () => Site): ShowPage =>
  (req, res, { template, title, status = 200, form, signup }) => {
    const html = site().renderer.render(`signup/${template}`, {
      page: pageContext(site(), { title, url: '/signup' }),
      section: 'signup',
      form: template === 'ways-on' ? {} : { ...form, csrf: csrfOf(req) },
      signup,
    })
    res.status(status).send(html)
  }
