import type { LanguageFn } from 'highlight.js'
import highlighter from 'highlight.js/lib/core'

const aliases: Readonly<Record<string, string>> = {
  cjs: 'javascript',
  conf: 'nginx',
  console: 'shell',
  cs: 'csharp',
  docker: 'dockerfile',
  html: 'xml',
  js: 'javascript',
  jsonc: 'json',
  jsx: 'javascript',
  md: 'markdown',
  mjs: 'javascript',
  njk: 'twig',
  patch: 'diff',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  sh: 'bash',
  svg: 'xml',
  toml: 'ini',
  ts: 'typescript',
  tsx: 'typescript',
  yml: 'yaml',
  zsh: 'bash',
}

/** Loads the languages that some code blocks name; one that does not exist is left alone. */
export async function loadLanguages(infos: Iterable<string>): Promise<void> {
  const wanted = new Set(Array.from(infos, languageOf).filter((name) => name !== undefined))
  for (const name of wanted) {
    if (highlighter.getLanguage(name)) continue
    try {
      const { default: language } = (await import(`highlight.js/lib/languages/${name}`)) as {
        default: LanguageFn
      }
      highlighter.registerLanguage(name, language)
    } catch (error) {
      if (!/NOT_FOUND|NOT_EXPORTED/.test((error as NodeJS.ErrnoException).code ?? '')) throw error
    }
  }
}

/** Code as HTML with `hljs-*` classes; undefined when its language is not known. */
export function highlight(code: string, info: string): { html: string; language: string } | undefined {
  const language = languageOf(info)
  if (!language || !highlighter.getLanguage(language)) return undefined
  return { html: highlighter.highlight(code, { language, ignoreIllegals: true }).value, language }
}

function languageOf(info: string): string | undefined {
  const name = /^[a-z0-9-]+/i.exec(info)?.[0].toLowerCase()
  return name && (aliases[name] ?? name)
}
