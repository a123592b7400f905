import type { z } from 'zod'
import type { Split } from '../../domain/receivables/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { SchedulePart } from './contracts.wire.ts'

interface SplitWords {
  schedulesNumber?: number | undefined
  scheduleAmount?: number | undefined
  schedules?: readonly z.output<typeof SchedulePart>[] | undefined
}

/** How an amount is split, as the wire says it in one of three ways. Refuses two ways at once. */
export function splitOf({ schedulesNumber, scheduleAmount, schedules }: SplitWords): Split | undefined {
  const ways: Split[] = []
  if (schedulesNumber !== undefined) ways.push({ count: schedulesNumber })
  if (scheduleAmount !== undefined) ways.push({ partCents: scheduleAmount })
  if (schedules !== undefined) ways.push({ parts: partsOf(schedules) })
  if (ways.length < 2) return ways[0]
  throw new Refusal(
    'malformed',
    'request_malformed',
    'Give one of schedulesNumber, scheduleAmount and schedules.',
    [{ pointer: '/schedulesNumber', in: 'body', message: 'is given beside another way to split' }],
  )
}

/** Parts in the order of their sequence. Refuses one sequence twice. */
export function partsOf(schedules: readonly z.output<typeof SchedulePart>[]) {
  const ordered = [...schedules].sort((a, b) => a.sequence - b.sequence)
  if (new Set(ordered.map((one) => one.sequence)).size < ordered.length)
    throw new Refusal('malformed', 'request_malformed', 'Each schedule has a sequence of its own.', [
      { pointer: '/schedules', in: 'body', message: 'name a sequence twice' },
    ])
  return ordered.map(({ amount: amountCents, date: dueDate }) => ({
    amountCents,
    ...(dueDate !== undefined && { dueDate }),
  }))
}
