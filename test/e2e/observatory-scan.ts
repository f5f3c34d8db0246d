/**
 * Runs in a container beside nginx: scores each path of a host with Mozilla's own scanner. The scanner's
 * entry point refuses error pages, so this calls what it calls.
 * Arguments: host, then paths. Prints a JSON array of scores.
 */
const scanner = 'file:///observatory/node_modules/@mdn/mdn-http-observatory/src'

const { retrieve } = await import(`${scanner}/retriever/retriever.js`)
const { ALL_TESTS } = await import(`${scanner}/constants.js`)
const { getGradeForScore, getScoreModifier } = await import(`${scanner}/grader/grader.js`)

interface Result {
  pass: boolean
  result: string
}

const [host, ...paths] = process.argv.slice(2)
const scores = []
for (const path of paths) {
  const retrieved = await retrieve(host, { path })
  const results: Result[] = ALL_TESTS.map((run: (input: unknown) => Result) => run(retrieved))
  const score = results.reduce((sum, { result }) => sum + getScoreModifier(result), 100)
  const failed = results.filter(({ pass }) => !pass).map(({ result }) => result)
  const earned = results.filter(({ result }) => getScoreModifier(result) > 0).map(({ result }) => result)
  scores.push({ path, status: retrieved.responses.auto.status, failed, earned, ...getGradeForScore(score) })
}
console.log(JSON.stringify(scores))
