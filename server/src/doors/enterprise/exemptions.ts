import type { z } from 'zod'
import {
  type Exemption as DomainExemption,
  endExemptions,
  exemptAgreement,
  getAgreement,
} from '../../domain/agreements/index.ts'
import { decimal, decimalText, trim } from '../../platform/decimal.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Context } from '../../platform/http/endpoint.ts'
import type { LocalDate } from '../../platform/time.ts'
import { openAccount, todayOf, writeLog } from './act.ts'
import { type EnterpriseSide, endpoint } from './endpoint.ts'
import * as wire from './exemptions.wire.ts'
import { fromAccountPath, given } from './from-wire.ts'
import { toAccountKey, toDescription, toText } from './to-wire.ts'
import { AccountPath, answer, fromPaging, Paging, pagedAnswer, toSlice } from './wire.ts'

const PATH = '/customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}'
const shared = { tag: 'Account Package', scope: 'client', params: AccountPath } as const

export const exemptionEndpoints = [
  endpoint({
    ...shared,
    route: `GET ${PATH}/exemptions`,
    name: 'getAccountExemptions',
    source: 'ep-059',
    summary: 'What an account package is exempt from: taxes, late fees, collections, disconnection',
    permission: 'account.read',
    query: Paging,
    reply: pagedAnswer(wire.Exemption),
    async handle({ params, query }, context) {
      const { exemptions } = await getAgreement(context.tx, fromAccountPath(context.caller, params))
      const day = await todayOf(context)
      return toSlice(
        exemptions.map((one, index) => toExemption(one, index, day)),
        fromPaging(query),
      )
    },
  }),
  endpoint({
    ...shared,
    route: `POST ${PATH}/exemptions`,
    name: 'addAccountExemption',
    source: 'ep-060',
    summary: 'Exempt an account package from taxes, late fees, collections or disconnection for a time',
    permission: 'exemption.change',
    body: wire.AddExemptionBody,
    reply: answer(wire.Exemption),
    async handle({ params, body }, context) {
      const { agreement, day, done } = await openAccount(params, context, body.logText)
      const { customerId, agreementId } = agreement
      const numbers = await exemptAgreement(context.tx, {
        customerId,
        agreementId,
        ...fromExemption(body),
        ...done,
      })
      await writeLog(context, agreement, body.logText)
      const { exemptions } = await getAgreement(context.tx, agreement)
      const made = exemptions.filter((one) => numbers.includes(one.exemptionNumber))
      return { responseData: made.map((one, index) => toExemption(one, index, day)) }
    },
  }),
  endpoint({
    ...shared,
    route: `PATCH ${PATH}/endExemptions`,
    name: 'endAccountExemptions',
    source: 'ep-055',
    summary: 'End exemptions of an account package on a day',
    permission: 'exemption.change',
    query: wire.EndExemptionsQuery,
    body: wire.EndExemptionsBody,
    reply: answer(wire.Exemption),
    async handle({ params, query, body }, context) {
      return { responseData: await end(params, { ...query, ...given(body) }, context) }
    },
  }),
]

async function end(
  params: z.output<typeof AccountPath>,
  { endDate, exemptionIds, logText }: z.output<typeof wire.EndExemptionsBody>,
  context: Context<EnterpriseSide>,
): Promise<z.input<typeof wire.Exemption>[]> {
  const { agreement, day, done } = await openAccount(params, context, logText)
  if (endDate === undefined) throw missing('endDate')
  if (exemptionIds === undefined) throw missing('exemptionIds')
  const { customerId, agreementId } = agreement
  await endExemptions(context.tx, { customerId, agreementId, numbers: exemptionIds, endDate, ...done })
  await writeLog(context, agreement, logText)
  const { exemptions } = await getAgreement(context.tx, agreement)
  const ended = exemptions.filter((one) => exemptionIds.includes(one.exemptionNumber))
  return ended.map((one, index) => toExemption(one, index, day))
}

function missing(name: string): Refusal {
  return new Refusal('malformed', 'request_malformed', `${name} is missing; send it in body or query.`, [
    { pointer: `/${name}`, in: 'body', message: 'is missing' },
  ])
}

const KINDS: Readonly<Record<string, DomainExemption['kind']>> = {
  tax: 'tax',
  collections: 'collections',
  'life support': 'life_support',
  'late fee': 'late_fee',
}

function fromExemption(body: z.output<typeof wire.AddExemptionBody>) {
  const kind = KINDS[body.categoryDescription.toLowerCase()]
  if (!kind) throw new Error(`category ${body.categoryDescription} has passed the schema`)
  const { startDate, endDate, exemptPercent, reasonDescription, taxCertificateDescription, taxTypes } = body
  const taxCategories = taxTypes?.split(',').map((one) => one.trim())
  const texts = { certificate: taxCertificateDescription, reason: reasonDescription }
  return { kind, startDate, ...given({ endDate, share: exemptPercent, taxCategories, ...texts }) }
}

function toExemption(
  exemption: DomainExemption,
  index: number,
  day: LocalDate,
): z.input<typeof wire.Exemption> {
  const { kind, startDate, endDate } = exemption
  const status = endDate !== null && endDate <= day ? 'ended' : startDate > day ? 'future' : 'active'
  const name = toDescription(kind).toLowerCase()
  return {
    record: String(index + 1),
    ...toAccountKey(exemption),
    exemptionId: String(exemption.exemptionNumber),
    typeCode: kind,
    categoryDescription: wire.CATEGORIES.find((one) => one.toLowerCase() === name) ?? toDescription(kind),
    startDate,
    endDate: toText(endDate),
    statusCode: status,
    statusDescription: toDescription(status),
    exemptPercent: kind === 'tax' ? decimalText(trim(decimal(exemption.share))) : '',
    taxTypes: toText(exemption.taxCategory),
    taxCertificateDescription: toText(exemption.certificate),
    reasonDescription: exemption.reason,
  }
}
