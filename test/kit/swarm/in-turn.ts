/** For the script of a recorded swarm: answers to a question, one after the other; the last one goes on. */
export function inTurn(question: string, answers: readonly string[]): string {
  const counter = `"$(dirname "$0")/turn-${question.replaceAll(' ', '-')}"`
  const cases = answers.map((answer, turn) => `${turn === answers.length - 1 ? '*' : turn}) ${answer} ;;`)
  return `'${question}'*)
    turn=$(cat ${counter} 2>/dev/null || echo 0)
    echo $((turn + 1)) > ${counter}
    case $turn in
      ${cases.join('\n      ')}
    esac ;;`
}

/** Docker writes this, and fails. */
export const fails = (said: string): string => `echo '${said}' >&2; exit 1`

/** What a manager says while another one is elected. */
export const NO_LEADER = fails(
  'Error response from daemon: rpc error: code = Unknown desc = The swarm does not have a leader.',
)
