import type { z } from 'zod'
import { formatAccountId } from '../../domain/agreements/index.ts'
import { type GivenBack, refundDepositsOf } from '../../domain/receivables/index.ts'
import { openAccount, writeLog } from './act.ts'
import { ApplyDepositsBody, DepositApplied, REFUNDS, type RefundCode } from './deposits.wire.ts'
import { endpoint } from './endpoint.ts'
import { toMoney, toText } from './to-wire.ts'
import { AccountPath, answer } from './wire.ts'

const PATH = '/customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}'

export const depositEndpoints = [
  endpoint({
    route: `PATCH ${PATH}/applyDeposits`,
    name: 'applyDeposits',
    source: 'ep-057',
    tag: 'Account Package',
    summary: 'Let the deposits held for an account pay what is owed, and give back the rest',
    permission: 'contract.manage',
    scope: 'client',
    params: AccountPath,
    body: ApplyDepositsBody,
    reply: answer(DepositApplied),
    async handle({ params, body: { logText, refundDescription: to } }, context) {
      const { agreement, day, done } = await openAccount(params, context, logText)
      const { customerId, agreementId } = agreement
      const act = { customerId, agreementId, day, reason: logText ?? 'requested', to, ...done }
      const given = await refundDepositsOf(context.tx, act)
      const logId = await writeLog(context, agreement, logText)
      return { responseData: given.map((one, index) => toApplied(one, index, { to, day, logId })) }
    },
  }),
]

function toApplied(
  given: GivenBack,
  index: number,
  { to, day, logId }: { to: RefundCode; day: string; logId: number | undefined },
): z.input<typeof DepositApplied> {
  const { customerId, leftAgreementId: agreementId } = given
  return {
    record: String(index + 1),
    contractId: String(given.contractNumber),
    heldAmount: toMoney(given.heldCents),
    interestAmount: toMoney(given.interestCents),
    appliedAmount: toMoney(given.appliedCents),
    remainingAmount: toMoney(given.leftCents),
    remainingAccountNumber: agreementId === null ? '' : formatAccountId({ customerId, agreementId }),
    refundCode: to,
    refundDescription: REFUNDS[to],
    effectiveDate: day,
    logId: toText(logId),
  }
}
