import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Rates } from '../../../kit/api/admission.ts'
import { performOn } from '../../../kit/api/perform.ts'
import { apiOf } from '../../../kit/api/run-api.ts'
import { apiServer } from '../../../kit/api/server.ts'
import { readTokens, roles } from '../../../kit/api/tokens.ts'
import type { Asked } from '../../../kit/cli/asked.ts'
import type { Context } from '../../../kit/cli/context.ts'
import type { Act } from '../../../kit/cli/verb.ts'
import { inEnvironment } from '../../../kit/environment.ts'
import { screen } from '../cli/screen.ts'
import { recordedSwarm } from '../swarm/recorded-swarm.ts'

export const STACK = 'dogfood-production'

/** The token of each role; the name of a token is that of its role. */
export const secretOf = (role: string): string => `secret-of-${role}-0123456789abcdef`

/** Keeps the configs of a swarm as files, each as `docker config inspect` prints it. */
const CONFIGS = String.raw`'config create'*)
    cd "$(dirname "$0")/configs" || exit 1; shift 2; labels=
    while [ "$1" = --label ]; do labels="$labels,\"\${2%%=*}\":\"\${2#*=}\""; shift 2; done
    if cat ./* 2>/dev/null | grep -q "\"Name\":\"$1\""; then echo "config $1 already exists" >&2; exit 1; fi
    id=$(mktemp -u XXXXXX); count=$(cat ../count 2>/dev/null || echo 1000); echo $((count + 1)) > ../count
    printf '{"ID":"%s","CreatedAt":"2026-11-21T18:32:24.%sZ","Spec":{"Name":"%s","Labels":{%s},"Data":"%s"}}' \
      "$id" "$count" "$1" "\${labels#,}" "$(base64 -w 0)" > "$id"; echo "$id" ;;
  'config ls'*)
    cd "$(dirname "$0")/configs" || exit 1; label=\${*##*label=}
    grep -l "\"\${label%%=*}\":\"\${label#*=}\"" ./* 2>/dev/null | cut -c 3- ;;
  'config inspect'*)
    cd "$(dirname "$0")/configs" || exit 1; shift 2; comma='['
    for id; do
      found=$id; [ -f "$id" ] || found=$(grep -l "\"Name\":\"$id\"" ./* 2>/dev/null)
      [ -n "$found" ] || { echo "no such config: $id" >&2; exit 1; }
      printf '%s' "$comma"; cat "$found"; comma=,
    done; echo ']' ;;
  'config rm'*) cd "$(dirname "$0")/configs" || exit 1; shift 2; rm "$@" ;;
  'secret ls'*) ;;
  'buildx imagetools'*) echo "sha256:$(printf '%064d' 2)" ;;
  'stack deploy'*) cat > "$(dirname "$0")/deployed" ;;
  'service logs'*) echo '2026-11-21T18:32:47.263Z listening' ;;`.replaceAll('\\$', '$')

/** What a verb was asked. */
export interface Performed {
  readonly verb: string
  readonly asked: Asked
  readonly context: Context
}

const generous: Rates = {
  token: { burst: 1000, perSecond: 1000 },
  stranger: { burst: 1000, perSecond: 1000 },
}

interface RunningOptions {
  readonly acts?: Readonly<Record<string, Act>>
  readonly rates?: Rates
  readonly waitsFor?: () => string
  /** A case of the shell script that stands for docker, before its others. */
  readonly docker?: string
}

/**
 * The API of a recorded swarm, over real HTTP. Verbs that are among `acts` are these; others are the command's own.
 */
export async function runningApi(
  t: TestContext,
  { acts = {}, rates = generous, waitsFor = () => '', docker = '' }: RunningOptions = {},
) {
  // Before the folder goes, which changes that are still under way use.
  let end = async (): Promise<void> => {}
  t.after(() => end())
  const { folder, env, asked } = recordedSwarm(t, `${docker}\n  ${CONFIGS}`)
  mkdirSync(join(folder, 'configs'))
  const { context } = screen({ directory: '/nowhere', env })
  const app = { stack: STACK, environment: 'dogfood/production' }
  const written: Record<string, unknown>[] = []
  const write = (line: object) => void written.push(line as Record<string, unknown>)
  const performed: Performed[] = []
  const own = performOn(app, context)
  const api = {
    ...apiOf(app, context, write, { waitsFor }),
    perform: performOn(app, context, async (verb) => async (typed, inner) => {
      performed.push({ verb, asked: typed, context: inner })
      const act = acts[verb]
      return act ? act(typed, inner) : own(verb, typed, { ...inner.terminal, ...hearingOf(inner) })
    }),
  }
  const tokens = readTokens(roles.map((role) => `${role} ${role} ${sha256(secretOf(role))}`).join('\n'))
  const server = apiServer({ api, env, tokens, rates, write }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  end = async () => {
    await api.tasks.idle()
    server.closeAllConnections()
    server.close()
  }
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const call = (role: string, method: string, path: string, body?: unknown): Promise<Response> =>
    fetch(url + path, {
      method,
      headers: {
        authorization: `Bearer ${secretOf(role)}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
  const inSwarm = <T>(work: () => Promise<T>): Promise<T> => inEnvironment(env, work)
  return { url, call, written, performed, api, folder, env, asked, inSwarm }
}

export type RunningApi = Awaited<ReturnType<typeof runningApi>>

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

const hearingOf = ({ caller, done, readerGone }: Context) => ({
  who: caller?.who ?? '',
  ...(done && { done }),
  ...(readerGone && { gone: readerGone }),
})

/** A task once it has ended. */
export async function endedTask({ call }: RunningApi, answer: Response) {
  const path = answer.headers.get('location') ?? ''
  for (let turn = 0; turn < 200; turn++) {
    const task = (await (await call('read', 'GET', path)).json()) as EndedTask
    if (task.state !== 'running') return task
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`${path} does not end`)
}

interface EndedTask {
  readonly id: string
  readonly state: string
  readonly command: string
  readonly who: string
  readonly lines: readonly { readonly to: string; readonly text: string }[]
  readonly next: number
  readonly result: object
  readonly problem?: { readonly code: string; readonly detail: string }
}
