// biome-ignore lint/style/useNodejsImportProtocol: njs has no other name for it.
import crypto from 'crypto'

/** The cookie of somebody new, as visitorCookie makes it: nginx itself can only check a signature. */
function cookie(r) {
  const id = r.variables.request_id
  const signature = crypto.createHash('md5').update(`${id} ${r.variables.canary_salt}`).digest('base64url')
  return `${id}.${signature}`
}

// biome-ignore lint/style/noDefaultExport: what nginx may call has to be in it.
export default { cookie }
