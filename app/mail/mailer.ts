export interface Mail {
  /** Becomes the Message-ID: a mail that is sent again after a crash has the same, and counts as the same mail. */
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

export interface Mailer {
  /** Resolves when the mail server has taken the mail; rejects with OutsideError. */
  send(mail: Mail): Promise<void>
  close(): Promise<void>
}
