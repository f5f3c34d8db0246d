import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'

interface MediaType {
  readonly schema: object
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>
}
interface Content {
  readonly content?: Readonly<Record<string, MediaType>>
}
interface Response extends Content {
  readonly $ref?: string
  readonly headers?: Readonly<Record<string, unknown>>
}
interface Operation {
  readonly operationId: string
  readonly requestBody?: Content
  readonly responses: Readonly<Record<string, Response>>
}
interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly responses: Readonly<Record<string, Response>> }
}

/** What an OpenAPI 3.1 description says of answers; its schemas are JSON Schema 2020-12 as they are. */
export interface Described {
  /** All answers, as `operationId status`. */
  answers(): string[]
  /** What is wrong with an answer; empty when it is as described. */
  faultsOf(operation: string, status: number, type: string, body: unknown): string[]
  headersOf(operation: string, status: number): string[]
  /** Examples, in requests too, that are not of their schema. */
  wrongExamples(): string[]
}

const base = 'https://accounts.test/openapi'

export function described(document: unknown): Described {
  const { paths, components } = document as OpenApi
  const operations = Object.values(paths).flatMap((methods) => Object.values(methods))
  const ajv = new Ajv2020({ strict: false, formats: { 'date-time': isMoment, 'uri-reference': true } })
  ajv.addSchema({ $id: base, ...(document as object) })

  const compiled = (schema: object): ValidateFunction => ajv.compile(withBase(schema))
  const faults = ({ schema }: MediaType, value: unknown): string[] => {
    const validate = compiled(schema)
    return validate(value)
      ? []
      : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`)
  }
  const responseOf = (id: string, status: number | string): Response => {
    const response = operations.find(({ operationId }) => operationId === id)?.responses[status] ?? {}
    return response.$ref ? (components.responses[response.$ref.split('/').at(-1) ?? ''] ?? {}) : response
  }
  const answers = () =>
    operations.flatMap(({ operationId, responses }) =>
      Object.keys(responses).map((status) => `${operationId} ${status}`),
    )

  return {
    answers,
    faultsOf(operation, status, type, body) {
      const media = responseOf(operation, status).content?.[type]
      return media ? faults(media, body) : [`no ${type} is described for ${operation} ${status}`]
    },
    headersOf: (operation, status) => Object.keys(responseOf(operation, status).headers ?? {}),
    wrongExamples: () =>
      [
        ...operations.map(({ requestBody }) => requestBody ?? {}),
        ...answers().map((answer) => responseOf(...(answer.split(' ') as [string, string]))),
      ]
        .flatMap(({ content }) => Object.values(content ?? {}))
        .flatMap((media) => Object.values(media.examples ?? {}).flatMap(({ value }) => faults(media, value))),
  }
}

const isMoment = (text: string): boolean => text === new Date(text).toJSON()

/** References in the document are to the document. */
const withBase = (schema: object): object =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', `"${base}#/components/`))
