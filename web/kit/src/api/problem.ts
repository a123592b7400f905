export interface ProblemField {
  /** JSON pointer into the sent input. */
  pointer: string
  detail: string
}

/** A request that was answered with a refusal or not at all. `code` is stable; `reference` finds the request in the logs. */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly fields: ProblemField[]
  readonly reference: string | undefined

  constructor(
    status: number,
    code: string,
    message: string,
    fields: ProblemField[] = [],
    reference?: string,
  ) {
    super(message)
    this.name = 'ApiProblem'
    this.status = status
    this.code = code
    this.fields = fields
    this.reference = reference
  }
}

interface ProblemDocument {
  title?: string
  detail?: string
  code?: string
  errors?: { pointer?: string; detail?: string }[]
  correlationId?: string
}

/** This will read a problem document (RFC 9457); an answer without one still gives a problem. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const document = await readDocument(response)
  const fields = (document.errors ?? []).map(({ pointer = '', detail = '' }) => ({ pointer, detail }))
  const message = document.detail ?? document.title ?? response.statusText
  const reference = document.correlationId ?? response.headers.get('x-correlation-id') ?? undefined
  return new ApiProblem(response.status, document.code ?? 'unreadable_answer', message, fields, reference)
}

async function readDocument(response: Response): Promise<ProblemDocument> {
  try {
    return (await response.json()) as ProblemDocument
  } catch {
    return {}
  }
}

/** This will turn whatever was thrown into a problem that can be shown. */
export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error
  if (error instanceof TypeError) return new ApiProblem(0, 'unreachable', '')
  return new ApiProblem(0, 'defect', error instanceof Error ? error.message : String(error))
}
