import { emailAddress } from './email-address.ts'
import type { InviteRequest } from './invite.ts'

/** The fields of the form at /invite, as they were typed. */
export interface InviteFields {
  readonly email: string
  readonly name: string
  readonly company: string
  readonly purpose: string
  readonly consent: boolean
}

export type InviteErrors = { readonly [Field in keyof InviteFields]?: string }

/** What a visitor reads about a field that is not right: the page gives the same texts to its script. */
export const inviteWording = {
  email: 'Please give your e-mail address, such as ann@example.com. Letters before the @ have to be a to z.',
  name: 'Please give your name: one line of at most 100 characters.',
  company: 'Please give your company in one line of at most 100 characters, or leave it empty.',
  purpose: 'Please say it in at most 1000 characters.',
  consent: 'Please agree, or we may not keep your request.',
} as const satisfies Required<InviteErrors>

export const inviteLengths = { email: 254, name: 100, company: 100, purpose: 1000 } as const

/** The form, with either what it asks for or what is wrong with it. */
export type InviteForm = { readonly fields: InviteFields } & (
  | { readonly request: Omit<InviteRequest, 'at'> }
  | { readonly errors: InviteErrors }
)

// Marks of direction and spaces without width come along with pasted text, and nobody sees them to delete them.
// The joiners U+200C and U+200D stay: Persian and Indian names are spelled with them.
const unseen = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu
const notOfOneLine = /[\p{Cc}\p{Zl}\p{Zp}]/u
const notOfLines = /(?!\n)[\p{Cc}\p{Zl}\p{Zp}]/gu

/** Checks what a body parser made of the form; whatever is not a text counts as left empty. */
export function readInviteForm(body: unknown): InviteForm {
  const fields: InviteFields = {
    email: textOf(body, 'email'),
    name: textOf(body, 'name'),
    company: textOf(body, 'company'),
    purpose: textOf(body, 'purpose'),
    consent: textOf(body, 'consent') !== '',
  }
  const email = emailAddress(fields.email)
  const name = oneLine(fields.name, inviteLengths.name)
  const company = oneLine(fields.company, inviteLengths.company)
  const purpose = lines(fields.purpose, inviteLengths.purpose)
  if (email && name && company !== undefined && purpose !== undefined && fields.consent)
    return { fields, request: { email, name, company, purpose } }
  const isRight = { email, name, company: company !== undefined, purpose: purpose !== undefined }
  return { fields, errors: wordingOf({ ...isRight, consent: fields.consent }) }
}

/** A field of a body that a body parser made; empty when it is missing, or sent more than once. */
export function textOf(body: unknown, field: string): string {
  const value = (body as Readonly<Record<string, unknown>> | undefined)?.[field]
  return typeof value === 'string' ? value : ''
}

const wordingOf = (isRight: Readonly<Record<keyof InviteFields, unknown>>): InviteErrors =>
  Object.fromEntries(Object.entries(inviteWording).filter(([field]) => !isRight[field as keyof InviteFields]))

function oneLine(typed: string, longest: number): string | undefined {
  const text = typed.replace(unseen, '').trim().normalize('NFC')
  return text.length > longest || notOfOneLine.test(text) ? undefined : text
}

function lines(typed: string, longest: number): string | undefined {
  const text = typed
    .replace(/\r\n?/g, '\n')
    .replace(unseen, '')
    .replace(notOfLines, ' ')
    .trim()
    .normalize('NFC')
  return text.length > longest ? undefined : text
}
