let loading: Promise<ReadonlySet<string>> | undefined

/** Whether the text, in lower case, is among the most common passwords. */
export async function isCommonPassword(text: string): Promise<boolean> {
  loading ??= load()
  return (await loading).has(text)
}

// With the first password, because no other page needs the half megabyte.
async function load(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  return new Set(dictionary['passwords-common'])
}
