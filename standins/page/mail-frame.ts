/** What a mail may do in its frame: be shown, with its own styles, and open links. It loads nothing. */
export const mailPolicy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "form-action 'none'",
  "frame-ancestors 'self'",
  'sandbox allow-popups allow-popups-to-escape-sandbox',
].join('; ')

/** The mail's HTML with its links made to open outside the frame, which would not let them load. */
export const framedMail = (html: string): string => `<!doctype html>\n<base target="_blank">\n${html}`
