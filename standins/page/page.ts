import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import express, { type RequestHandler, type Response, Router } from 'express'
import { faultNamed, systems } from '../faults/faults.ts'
import { sameOriginOnly } from '../same-origin.ts'
import type { StandInParts } from '../stand-in-parts.ts'
import { arrivals, mailView } from './arrivals.ts'
import { inviteContact } from './invite-contact.ts'
import { framedMail, mailPolicy } from './mail-frame.ts'
import { render } from './render.ts'

const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "frame-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ')

const stylesheets = ['page.css', 'arrivals.css'] as const

/** The page that shows what arrived, and makes faults. It works without scripts. */
export function page(parts: StandInParts): Router {
  const { contacts, faults, mailbox } = parts
  const router = Router()
  router.use(headers, sameOriginOnly, express.urlencoded({ extended: false, limit: '1kb' }))
  router.get('/', (_req, res) => html(res, 'page.njk', arrivals(parts)))
  for (const name of stylesheets) {
    const css = readFileSync(join(import.meta.dirname, name), 'utf8')
    router.get(`/${name}`, (_req, res) => void res.type('css').send(css))
  }
  router.get('/mails/:id', (req, res) => {
    const mail = mailbox.find(req.params.id)
    if (mail) html(res, 'mail.njk', mailView(mail))
    else notThere(res)
  })
  router.get('/mails/:id/html', (req, res) => {
    const mail = mailbox.find(req.params.id)
    if (!mail?.html) return notThere(res)
    res.set('content-security-policy', mailPolicy).type('html').send(framedMail(mail.html))
  })
  router.post('/contacts/:id/invite', async (req, res) => {
    const contact = contacts.byId(req.params.id)
    if (!contact) return notThere(res)
    await inviteContact(contact, parts)
    res.redirect(303, '/#contacts')
  })
  router.post('/faults', (req, res) => {
    const { system: name, fault = '' } = (req.body ?? {}) as Record<string, unknown>
    const system = systems.find((one) => one === name)
    if (!system) return notThere(res)
    faults.set(system, faultNamed(system, String(fault)))
    res.redirect(303, '/#faults')
  })
  router.use((_req, res) => notThere(res))
  return router
}

const headers: RequestHandler = (_req, res, next) => {
  res.set({
    'content-security-policy': policy,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    // Mails hold links that sign people up.
    'referrer-policy': 'no-referrer',
  })
  next()
}

const html = (res: Response, template: string, context: object): void =>
  void res.type('html').send(render(template, context))

const notThere = (res: Response): void =>
  void res.status(404).type('text/plain').send('There is nothing here. The page is at /.\n')
