import type { z } from 'zod'
import { getPremiseRecord, type PremiseRecord } from '../../domain/overview/index.ts'
import { changePremise } from '../../domain/premises/index.ts'
import { actorOf } from './act.ts'
import { endpoint } from './endpoint.ts'
import { given } from './from-wire.ts'
import * as wire from './premises.wire.ts'
import { toAccountKey, toAddress, toDescription, toPackageId, toText } from './to-wire.ts'
import { answer } from './wire.ts'

const shared = { tag: 'Premise', scope: 'client', params: wire.PremisePath } as const

export const premiseEndpoints = [
  endpoint({
    ...shared,
    route: 'GET /premises/{premiseId}',
    name: 'getPremise',
    source: 'ep-170',
    summary: 'An address with its service points, meters, and who is served there',
    permission: 'premise.read',
    reply: answer(wire.Premise),
    async handle({ params: { premiseId } }, { tx, caller: { clientId } }) {
      return { responseData: [toPremise(await getPremiseRecord(tx, { clientId, premiseId }))] }
    },
  }),
  endpoint({
    ...shared,
    route: 'PUT /premises/{premiseId}',
    name: 'changePremise',
    source: 'ep-171',
    summary: 'Put right the address, type or place of a premise',
    permission: 'premise.change',
    body: wire.PremiseBody,
    reply: answer(wire.Premise),
    async handle({ params: { premiseId }, body }, context) {
      const { tx, caller, now } = context
      const key = { clientId: caller.clientId, premiseId }
      const actor = actorOf(context, body.logText)
      await changePremise(tx, { ...key, change: fromPremise(body), now, actor })
      return { responseData: [toPremise(await getPremiseRecord(tx, key))] }
    },
  }),
]

function fromPremise(body: z.output<typeof wire.PremiseBody>) {
  const { typeCode, addressLine1, addressLine2, city, stateCode, postalCode, countryCode } = body
  const { latitude, longitude } = body
  const state = stateCode?.toUpperCase()
  const country = countryCode?.toUpperCase()
  const address = { line1: addressLine1, line2: addressLine2, city, state, postalCode, country }
  return given({ kind: typeCode, ...address, latitude, longitude })
}

function toPremise(premise: PremiseRecord): z.input<typeof wire.Premise> {
  return {
    premiseId: String(premise.premiseId),
    typeCode: premise.kind,
    typeDescription: toDescription(premise.kind),
    ...toAddress(premise),
    latitude: toText(premise.latitude),
    longitude: toText(premise.longitude),
    servicePoints: premise.servicePoints.map((point, index) => ({
      record: String(index + 1),
      servicePointId: String(point.servicePointId),
      packageId: String(toPackageId(point.serviceKind)),
      serviceTypeDescription: toDescription(point.serviceKind),
      statusCode: point.status,
      statusDescription: toDescription(point.status),
      sdpNumberCode: toText(point.externalNumber),
      timeZone: point.timeZone,
      meterNumbers: point.badges,
      accounts: point.agreements.map((one) => ({
        ...toAccountKey(one),
        statusCode: one.status,
        statusDescription: toDescription(one.status),
        startDate: one.startDate,
        endDate: toText(one.endDate),
      })),
    })),
  }
}
