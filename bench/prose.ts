const syllables = 'ka lo mi ren sta tu ver no pal di sor en qui bra fel ta'.split(' ')
const vocabulary = 700

const word = (number: number): string => {
  const index = ((number * 7919) % vocabulary) + syllables.length
  const [first, second, third] = [index % 16, (index >> 4) % 16, index >> 8]
  return [first, second, ...(third > 0 ? [(third * 5) % 16] : [])].map((at) => syllables[at]).join('')
}

/** Always the same words for the same number, so that every run measures the same bytes. */
function sentence(number: number): string {
  const length = 9 + (number % 13)
  const chosen = Array.from({ length }, (_, at) => word(number * 31 + at * at * 17 + at))
  return `${chosen.join(' ')}.`
}

const paragraph = (number: number): string => [0, 1, 2, 3, 4].map((at) => sentence(number * 5 + at)).join(' ')

const section = (number: number): string => `## Part ${number} of the page

${paragraph(number)} It links to [the home page](/) and has \`code\` and **weight**.

- ${sentence(number + 1)}
- ${sentence(number + 2)}

| setting | meaning |
| --- | --- |
| \`PART_${number}\` | ${sentence(number + 3)} |

\`\`\`js
const part = await open('part-${number}', { encoding: 'utf8' })
for (const line of part.lines()) process(line, ${number})
\`\`\`

${paragraph(number + 50)}
`

/** A page in Markdown with front matter; a section makes about 1.5 kB of HTML. Pages of other seeds have other words. */
export const page = (title: string, sections: number, seed = 0): string =>
  `---\ntitle: ${title}\ndescription: ${sentence(title.length)}\n---\n\n${Array.from({ length: sections }, (_, at) => section(seed * sections + at + 1)).join('\n')}`
