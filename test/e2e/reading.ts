import type { Page } from 'playwright-core'

/** The number of characters in each full line of the page's paragraphs, ascending. */
export const charactersPerLine = (page: Page): Promise<number[]> =>
  page.evaluate(`(() => {
    const range = document.createRange()
    const middle = (node, at) => {
      range.setStart(node, at)
      range.setEnd(node, at + 1)
      const { top, bottom } = range.getBoundingClientRect()
      return Math.round((top + bottom) / 20)
    }
    const linesOf = (paragraph) => {
      const lines = new Map()
      const texts = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT)
      for (let node = texts.nextNode(); node; node = texts.nextNode())
        for (let at = 0; at < node.length; at++) lines.set(middle(node, at), (lines.get(middle(node, at)) ?? 0) + 1)
      // The last lines are as long as the text is, and balanced with the one before.
      return [...lines.values()].slice(0, -2)
    }
    return [...document.querySelectorAll('.prose > p:not([class])')].flatMap(linesOf).sort((a, b) => a - b)
  })()`)

/** The typefaces that the page's own files gave it, as they are used. */
export const loadedFaces = (page: Page): Promise<string[]> =>
  page.evaluate(`document.fonts.ready.then(() =>
    [...new Set([...document.fonts].filter(({ status }) => status === 'loaded').map(({ family }) => family))].sort())`)
