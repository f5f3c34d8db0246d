import { request } from 'node:https'
import { text } from 'node:stream/consumers'
import { hiddenFields } from '../signup/visitor.ts'

export interface Answer {
  readonly status: number
  readonly location: string
  readonly html: string
}

/** Somebody with a cookie, at the site with the certificate that signs itself. */
export interface TlsVisitor {
  readonly cookie: () => string
  get(path: string): Promise<Answer>
  /** Opens a page and sends its form, with the hidden fields. */
  submit(path: string, fields: Readonly<Record<string, string>>): Promise<Answer>
}

export function visitorOver(url: string): TlsVisitor {
  let cookie = ''
  const ask = async (path: string, form?: Readonly<Record<string, string>>): Promise<Answer> => {
    const body = form && new URLSearchParams(form).toString()
    const headers = {
      Origin: url,
      ...(cookie && { Cookie: cookie }),
      ...(body !== undefined && { 'Content-Type': 'application/x-www-form-urlencoded' }),
    }
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    const options = {
      method: body === undefined ? 'GET' : 'POST',
      headers,
      agent: false as const,
      rejectUnauthorized: false,
    }
    request(new URL(path, url), options, (res) => {
      cookie = res.headers['set-cookie']?.[0]?.split(';')[0] ?? cookie
      const {
        statusCode: status = 0,
        headers: { location = '' },
      } = res
      text(res).then((html) => resolve({ status, location, html }), reject)
    })
      .once('error', reject)
      .end(body)
    return promise
  }
  return {
    cookie: () => cookie,
    get: (path) => ask(path),
    async submit(path, fields) {
      const { html } = await ask(path)
      return ask(path.replace(/\?.*/, ''), { ...hiddenFields(html), ...fields })
    },
  }
}
