import { createApi, createSessionStore } from '@billwright/kit'
import { base, type Operations, routes } from '../api/client.gen.ts'

export const session = createSessionStore('billwright.enterprise')

export const api = createApi<Operations>(base, routes, session)

/** This will give the one record of an answer that holds an array of one. */
export function only<Record>(answer: { responseData: Record[] }): Record {
  const [record] = answer.responseData
  if (record === undefined) throw new Error('the answer holds no record')
  return record
}
