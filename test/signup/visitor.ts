/** A browser's part of a visit: keeps the cookie, fills in the hidden fields of the forms it is shown. */
export interface Visitor {
  /** The cookie as it is sent; to be set for somebody who has two tabs, or comes back. */
  cookie: string
  get(path: string, init?: RequestInit): Promise<Response>
  /** Sends a form with what is given; nothing is filled in. */
  post(path: string, fields: Record<string, string>): Promise<Response>
  /** Opens a page and sends its first form, with its hidden fields. */
  submit(path: string, fields?: Record<string, string>, action?: string): Promise<Response>
}

const hidden = /<input type="hidden" name="([^"]+)" value="([^"]*)">/g

/** The hidden fields of the forms of a page. */
export const hiddenFields = (html: string): Record<string, string> =>
  Object.fromEntries([...html.matchAll(hidden)].map(([, name = '', value = '']) => [name, value]))

/** Somebody new to the site at this address. */
export function visitorOf(url: string): Visitor {
  const ask = async (path: string, init: RequestInit = {}) => {
    const headers = { origin: url, ...(visitor.cookie && { cookie: visitor.cookie }), ...init.headers }
    const answer = await fetch(url + path, { redirect: 'manual', ...init, headers })
    visitor.cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? visitor.cookie
    return answer
  }
  const visitor: Visitor = {
    cookie: '',
    get: ask,
    post: (path, fields) => ask(path, { method: 'POST', body: new URLSearchParams(fields) }),
    async submit(path, fields = {}, action = path) {
      const page = await (await ask(path)).text()
      return visitor.post(action.replace(/\?.*/, ''), { ...hiddenFields(page), ...fields })
    },
  }
  return visitor
}

/** Status and place of a redirect. */
export const wayOf = (answer: Response): string => `${answer.status} ${answer.headers.get('location') ?? ''}`
