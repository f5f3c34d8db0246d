/** What is wrong with an address outside the site, and whether browsers understand it all the same. */
export interface AddressFault {
  readonly severity: 'error' | 'warning'
  readonly what: string
  readonly fix: string
}

/** Looks at an address of another site as it is written; undefined when it is well formed, or one of this site. */
export function externalFault(target: string): AddressFault | undefined {
  const written = target.trim()
  if (/^https?:/i.test(written)) return webFault(written)
  if (written.startsWith('//')) return hostFault(written, `https:${written}`)
  if (/^mailto:/i.test(written)) return mailFault(written)
  if (/^https?\/\//i.test(written))
    return error(`${written} has no colon`, `write ${written.replace('//', '://')}`)
  if (/^www\.[^/]+\./i.test(written))
    return error(`${written} is taken for a page of this site`, `write https://${written}`)
  return undefined
}

function webFault(written: string): AddressFault | undefined {
  const [, scheme = '', slashes = '', rest = ''] = /^(https?:)([\\/]*)(.*)$/is.exec(written) ?? []
  if (/^https?:?[\\/]{2}/i.test(rest)) return error(`${written} names its scheme twice`, `write ${rest}`)
  if (slashes !== '//') {
    const fault = { what: `${written} has not two slashes behind ${scheme}`, fix: `write ${scheme}//${rest}` }
    return { severity: 'warning', ...fault }
  }
  return hostFault(written, written)
}

function hostFault(written: string, whole: string): AddressFault | undefined {
  const url = URL.parse(whole)
  const host = /^[a-z]+:\/\/(?:[^/?#@]*@)?([^/?#]*)/i.exec(whole)?.[1] ?? ''
  if (!url) {
    const port = /:([^\]:]*)$/.exec(host)?.[1]
    if (/\s|%20/.test(host)) return error(`${written} has a blank in its host`, 'take the blank out')
    if (port !== undefined && !isPort(port))
      return error(`${written} has no such port as '${port}'`, 'write a number up to 65535')
    return error(`${written} has no host that there can be`, 'correct what comes after the slashes')
  }
  const { hostname } = url
  if (hostname.startsWith('[') || hostname === 'localhost' || hostname.endsWith('.localhost'))
    return undefined
  if (/^\.|\.\./.test(hostname)) return error(`${written} has an empty part in its host`, 'take one dot out')
  if (hostname.replace(/\.$/, '').includes('.')) return undefined
  const what = `${written} leads to the host '${hostname}', which has no dot`
  return { severity: 'warning', what, fix: 'write the whole name of the host' }
}

const isPort = (text: string): boolean => /^\d{0,5}$/.test(text) && Number(text) < 65_536

function mailFault(written: string): AddressFault | undefined {
  const [addresses = '', fields] = written.slice('mailto:'.length).split('?', 2)
  // Without an address, the reader chooses to whom it goes.
  if (addresses === '' && fields) return undefined
  const wrong = addresses
    .split(',')
    .find((address) => !/^[^@\s]+@[^@\s]+$/.test(address.replaceAll('%40', '@')))
  if (wrong === undefined) return undefined
  return error(`${written} has no address of the form name@host`, 'write one, like mailto:team@example.org')
}

const error = (what: string, fix: string): AddressFault => ({ severity: 'error', what, fix })
