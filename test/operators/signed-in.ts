/** How a test asks a site. */
export interface Asking {
  get(path: string, headers?: Record<string, string>): Promise<Response>
  post(path: string, form: Record<string, string>, headers?: Record<string, string>): Promise<Response>
}

/** An operator who is signed in, with the session's cookie and the token of its forms. */
export interface SignedInOperator {
  readonly cookie: string
  readonly csrf: string
  get(path: string): Promise<Response>
  post(path: string, form: Record<string, string>): Promise<Response>
}

export const requestsTo = (url: string): Asking => ({
  get: (path, headers = {}) => fetch(url + path, { headers, redirect: 'manual' }),
  post: (path, form, headers = {}) =>
    fetch(url + path, {
      method: 'POST',
      body: new URLSearchParams(form),
      redirect: 'manual',
      headers: { origin: url, ...headers },
    }),
})

export const cookieOf = (answer: Response): string =>
  (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''

/** The value of a hidden field, as the page has it first. */
export const fieldOf = (html: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ''

/** Opens the form to sign in, as a browser does: its cookie and its token. */
export async function openSignIn(
  site: Asking,
  path = '/admin/sign-in',
): Promise<{ cookie: string; csrf: string }> {
  const form = await site.get(path)
  return { cookie: cookieOf(form), csrf: fieldOf(await form.text(), 'csrf') }
}

/** Signs in with the password that development and the tests have. */
export async function signIn(site: Asking): Promise<SignedInOperator> {
  const { cookie: before, csrf: token } = await openSignIn(site)
  const given = { csrf: token, name: 'operator', password: 'operator', to: '/admin/searches' }
  const cookie = cookieOf(await site.post('/admin/sign-in', given, { cookie: before }))
  const csrf = fieldOf(await (await site.get('/admin/searches', { cookie })).text(), 'csrf')
  return {
    cookie,
    csrf,
    get: (path) => site.get(path, { cookie }),
    post: (path, form) => site.post(path, { csrf, ...form }, { cookie }),
  }
}
