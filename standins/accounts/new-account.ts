import { z } from 'zod'

/** The form of an idempotency key. */
export const isKey = (text: string): boolean => /^[A-Za-z0-9_-]{16,128}$/.test(text)

export const workspaceName = z
  .string()
  .regex(
    /^(?!.*--)[a-z][a-z0-9-]{1,30}[a-z0-9]$/,
    'must be lower-case letters, digits and single hyphens between them',
  )

export const newAccount = z.object({
  email: z
    .string()
    .max(254)
    .regex(/^[^\s@]+@[^\s@]+$/, 'must be an e-mail address'),
  name: z.string().min(1).max(200),
  workspace: workspaceName,
  password: z.string().min(8).max(1024),
})

export type NewAccount = z.infer<typeof newAccount>
