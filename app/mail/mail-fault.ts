import { OutsideError, type OutsideFault } from '../outside/outside-error.ts'

interface SmtpError {
  readonly name?: string
  readonly code?: string
  /** The SMTP command that was answered with `responseCode`. */
  readonly command?: string
  readonly responseCode?: number
  readonly timeoutType?: string
}

const credentialCodes = ['EAUTH', 'ENOAUTH', 'EOAUTH2']
const connectionCodes = ['ECONNECTION', 'ESOCKET', 'EDNS', 'ETLS', 'EPROXY']

/**
 * The error that a failed SMTP dialogue amounts to. The server's own text stays out, and so does nodemailer's error,
 * which quotes it: it may name the recipient.
 */
export function mailFault(error: unknown): OutsideError {
  if (error instanceof OutsideError) return error
  const { fault, what } = describe(error as SmtpError)
  return new OutsideError('mail', fault, what)
}

function describe(error: SmtpError): { fault: OutsideFault; what: string } {
  const { code = '', command = '', responseCode = 0, timeoutType } = error
  if (credentialCodes.includes(code)) {
    return { fault: 'failing', what: 'the server does not let us in: see the user and password of MAIL_URL' }
  }
  if (responseCode > 0)
    return { fault: faultOf(responseCode, command), what: answered(responseCode, command) }
  if (timeoutType === 'CONNECT_TIMEOUT' || connectionCodes.includes(code)) {
    return {
      fault: 'unreachable',
      what: `no connection, or lost (${code}): see whether MAIL_URL is right and answers`,
    }
  }
  if (code === 'ETIMEDOUT' || code === 'EABORT') return { fault: 'slow', what: 'no answer in time' }
  if (code === 'EENVELOPE') return { fault: 'refused', what: 'an address that cannot be sent to' }
  return { fault: 'surprising', what: `an answer that is no SMTP (${code || error.name})` }
}

function faultOf(responseCode: number, command: string): OutsideFault {
  if (responseCode < 400) return 'surprising'
  if (responseCode < 500) return 'busy'
  // Only an answer to the recipient or the content is about this mail. 503 is about the order of commands, which a
  // new connection mends, and 530 asks for a password.
  const isAboutMail =
    (command === 'RCPT TO' || command === 'DATA') && responseCode !== 503 && responseCode !== 530
  return isAboutMail ? 'refused' : 'failing'
}

function answered(responseCode: number, command: string): string {
  const advice = command === 'MAIL FROM' ? ': see whether the server takes mail from MAIL_FROM' : ''
  return `the server answered ${responseCode} to ${command || 'the connection'}${advice}`
}
