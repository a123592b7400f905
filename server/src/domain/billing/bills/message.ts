import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type Instant, isLocalDate, type LocalDate } from '../../../platform/time.ts'
import { type Actor, audit } from '../../identity/index.ts'
import type { Localized } from '../../rating/index.ts'
import { insertTemplate, selectTemplates } from '../store/message.ts'
import type { BillMessage } from './bill.ts'

export const MESSAGE_CONDITIONS = [
  'all',
  'class',
  'plan',
  'first_bill',
  'estimated',
  'past_due',
  'autopay',
  'final_bill',
] as const
export type MessageCondition = (typeof MESSAGE_CONDITIONS)[number]

/** What bills say from, to, and to whom. */
export interface MessageTemplate extends BillMessage {
  startDate: LocalDate
  endDate: LocalDate | null
  condition: MessageCondition
  /** The customer class, or the plan's number; null for the other conditions. */
  conditionValue: string | null
  /** Lower ones come first. */
  sequence: number
}

/** What conditions ask of a bill. */
export interface MessageFacts {
  customerClass: string
  tariffIds: readonly number[]
  firstBill: boolean
  estimated: boolean
  pastDue: boolean
  autopay: boolean
  finalBill: boolean
}

/** This will choose what a bill says, in the order of the templates. */
export function messagesFor(templates: readonly MessageTemplate[], facts: MessageFacts): BillMessage[] {
  return templates
    .filter((template) => applies(template, facts))
    .map(({ messageCode, title, body }) => ({ messageCode, title, body }))
}

function applies({ condition, conditionValue }: MessageTemplate, facts: MessageFacts): boolean {
  const meets: Record<MessageCondition, boolean> = {
    all: true,
    class: facts.customerClass === conditionValue,
    plan: facts.tariffIds.some((tariffId) => String(tariffId) === conditionValue),
    first_bill: facts.firstBill,
    estimated: facts.estimated,
    past_due: facts.pastDue,
    autopay: facts.autopay,
    final_bill: facts.finalBill,
  }
  return meets[condition]
}

/**
 * This will make bills say something from a day on; the text before it ends that day. Refuses: a text without words in
 * both languages, a class or plan that is not named, a day that does not exist.
 */
export async function saveBillMessage(
  tx: Tx,
  input: Omit<MessageTemplate, 'endDate' | 'conditionValue' | 'sequence'> & {
    clientId: number
    endDate?: LocalDate
    conditionValue?: string
    sequence?: number
    now: Instant
    actor: Actor
  },
): Promise<void> {
  const { clientId, now, actor, endDate = null, conditionValue = null, sequence = 50, ...rest } = input
  const template = { ...rest, endDate, conditionValue, sequence }
  for (const text of [input.title, input.body]) requireText(text)
  const needsValue = input.condition === 'class' || input.condition === 'plan'
  if (needsValue !== (conditionValue !== null))
    throw malformed(`Condition ${input.condition} ${needsValue ? 'needs a' : 'takes no'} value.`)
  if (!isLocalDate(input.startDate) || (endDate !== null && endDate <= input.startDate))
    throw malformed('A message needs the day on which it begins and, when it ends, a later one.')
  await insertTemplate(tx, clientId, template)
  const subject = `bill_message:${input.messageCode}`
  await audit(tx, {
    clientId,
    at: now,
    actor,
    operation: 'saveBillMessage',
    subject,
    detail: { ...template },
  })
}

/** This will list what bills of a day may say. */
export function billMessages(tx: Tx, clientId: number, day: LocalDate): Promise<MessageTemplate[]> {
  return selectTemplates(tx, clientId, day)
}

function requireText({ en, es }: Localized): void {
  if (en?.trim() && es?.trim()) return
  throw malformed('A message needs its words in English and in Spanish.')
}

function malformed(sentence: string): Refusal {
  return new Refusal('malformed', 'bill_message_malformed', sentence)
}
