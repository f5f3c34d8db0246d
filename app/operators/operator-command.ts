import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { askPassword, NoPassword } from './ask-password.ts'
import { keepOperator, lineOf, OperatorsFileError, readOperators, removeOperator } from './operators-file.ts'
import { hashPassword, shortestPassword } from './password.ts'

const usage = `Usage: npm run operator -- add NAME      makes an operator, or gives one a new password
       npm run operator -- remove NAME
       npm run operator -- list

  --file FILE   the file of operators (operators.txt unless given)

A password is asked for on the terminal, or read from the standard input.
`

const nameForm = /^[a-z][a-z0-9._-]{0,31}$/

/** `add NAME` makes the line that lets an operator sign in, `remove NAME` takes it out, `list` names all; the exit code. */
export async function operatorCommand(args: readonly string[]): Promise<number> {
  const asked = read(args)
  if (!asked) {
    process.stderr.write(usage)
    return 2
  }
  try {
    return await commands[asked.command](asked)
  } catch (error) {
    if (!(error instanceof OperatorsFileError || error instanceof NoPassword)) throw error
    return refuse(error.message)
  }
}

type Asked = { readonly command: 'add' | 'remove' | 'list'; readonly name: string; readonly file: string }

function read(args: readonly string[]): Asked | undefined {
  try {
    const options = { file: { type: 'string', default: 'operators.txt' } } as const
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const [command, name = '', ...more] = positionals
    if (more.length > 0) return undefined
    if (command === 'list' && name === '') return { command, name, file: values.file }
    if ((command === 'add' || command === 'remove') && name !== '')
      return { command, name, file: values.file }
  } catch {
    // An option that there is not.
  }
  return undefined
}

const commands: Readonly<Record<Asked['command'], (asked: Asked) => Promise<number>>> = {
  async add({ name, file }) {
    if (!nameForm.test(name)) {
      return refuse(
        `"${name}" is no name for an operator: small letters, digits, ".", "_" and "-", up to 32.`,
      )
    }
    const isKnown = has(file, name)
    const password = await askPassword({ input: process.stdin, output: process.stderr })
    if (password.length < shortestPassword) {
      return refuse(
        `The password has ${password.length} characters. Choose one of ${shortestPassword} or more.`,
      )
    }
    const operator = { name, passwordHash: await hashPassword(password) }
    keepOperator(file, operator)
    say(lineOf(operator))
    tell(isKnown ? `${file}: ${name} has a new password.` : `${file}: ${name} was added.`)
    tell(`Set OPERATORS_FILE=${resolve(file)} and restart the site.`)
    return 0
  },

  async remove({ name, file }) {
    if (!has(file, name)) return refuse(`${file} has no operator "${name}".`)
    removeOperator(file, name)
    tell(`${file}: ${name} was removed. Restart the site: then the name is signed out everywhere.`)
    return 0
  },

  async list({ file }) {
    const operators = readOperators(file)
    if (operators.length === 0) tell(`${file} has no operators.`)
    for (const { name } of operators) say(name)
    return 0
  },
}

const has = (file: string, name: string): boolean => readOperators(file).some((entry) => entry.name === name)

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const tell = (line: string): void => void process.stderr.write(`${line}\n`)

function refuse(why: string): number {
  tell(why)
  return 1
}
