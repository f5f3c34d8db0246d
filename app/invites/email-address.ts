import { domainToASCII } from 'node:url'

// RFC 5321, 4.5.3.1: of the address as an envelope carries it, and of what is before the @.
const longestAddress = 254
const longestLocalPart = 64

// RFC 5322, 3.2.3: dot-atom. Quoted local parts, comments and folding are left out; so are spaces and line breaks.
const localPart = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
// A last label that begins with a letter: no IP address does.
const domainName = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/

// domainToASCII reads a domain as a URL does: it cuts at a slash, drops tabs and resolves percent signs.
const notOfDomains = /[^a-z0-9.\u0080-\u{10ffff}-]|\p{C}|\p{Z}/u

/**
 * The one form in which an address is kept, sent and compared: lower case, as CRMs take it, with the domain in
 * ASCII. Undefined for what is not the address of a mailbox that mail servers everywhere accept.
 */
export function emailAddress(typed: string): string | undefined {
  const text = typed.trim().normalize('NFC').toLowerCase()
  const at = text.lastIndexOf('@')
  const [local, typedDomain] = [text.slice(0, at), text.slice(at + 1)]
  if (at < 1 || local.length > longestLocalPart || text.length > longestAddress) return undefined
  if (!localPart.test(local) || notOfDomains.test(typedDomain)) return undefined
  const domain = domainToASCII(typedDomain)
  if (!domainName.test(domain)) return undefined
  const address = `${local}@${domain}`
  return address.length > longestAddress ? undefined : address
}
