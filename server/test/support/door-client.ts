import type { FastifyInstance, InjectOptions } from 'fastify'
import { expect } from 'vitest'

type Row = Record<string, string>

/** A member of staff at the enterprise door. */
export interface DoorClient {
  /** Gives the records of a good answer. */
  call(method: InjectOptions['method'], path: string, body?: object): Promise<Row[]>
  /** Gives `status code` of a refusal, and the pointer of its first fault if it names one. */
  refused(method: InjectOptions['method'], path: string, body?: object): Promise<string>
}

/** This will call the enterprise door as whoever the headers say. */
export function doorClient(app: FastifyInstance, headers: { authorization: string }): DoorClient {
  const send = (method: InjectOptions['method'], path: string, payload?: object) =>
    app.inject({
      method,
      url: `/enterprise/v3${path}`,
      headers,
      ...(payload && { payload }),
    } as InjectOptions)
  return {
    async call(method, path, body) {
      const answer = await send(method, path, body)
      expect(answer.statusCode, answer.body).toBe(200)
      return answer.json().responseData
    },
    async refused(method, path, body) {
      const { status, code, errors } = (await send(method, path, body)).json()
      return [status, code, errors?.[0]?.pointer].filter((part) => part !== undefined).join(' ')
    },
  }
}
