import { decimalToCents, formatCents } from '@billwright/kit'
import type { AccountMoney } from '../../../api/client.gen.ts'
import { useText } from '../../../messages/index.ts'

/** This will say why what is asked for and what is owed differ, or that they do not. */
export function useMoneyReason(money: AccountMoney): string {
  const text = useText()
  const { putOff, contracts } = money
  const part = (amount: string, later: (amount: string) => string, ahead = later) => {
    const cents = decimalToCents(amount)
    if (cents === 0) return []
    return [cents > 0 ? later(formatCents(cents)) : ahead(formatCents(-cents))]
  }
  const reasons = [
    ...part(
      putOff.budgetAmount,
      (amount) => text('money.why.budget', { amount }),
      (amount) => text('money.why.budgetAhead', { amount }),
    ),
    ...part(putOff.arrangementAmount, (amount) => text('money.why.arrangement', { amount })),
    ...part(putOff.frozenAmount, (amount) => text('money.why.frozen', { amount })),
    ...part(putOff.otherAmount, (amount) => text('money.why.other', { amount })),
  ]
  const brokenArrangement =
    contracts.find(({ kindCode }) => kindCode === 'arrangement')?.statusCode === 'broken'
  const asked = decimalToCents(money.currentBalanceAmount)
  const plain = () => {
    if (asked < 0) return text('money.why.credit', { amount: formatCents(-asked) })
    if (asked === 0) return text('money.why.nothing')
    return text(brokenArrangement ? 'money.why.broken' : 'money.why.all')
  }
  const held = part(money.depositHeldAmount, (amount) => text('money.why.deposit', { amount }))
  const writtenOff = money.holders.find(({ kindCode }) => kindCode === 'write_off')
  const lost = writtenOff
    ? part(writtenOff.currentBalanceAmount, (amount) => text('money.why.writtenOff', { amount }))
    : []
  return [...(reasons.length ? reasons : [plain()]), ...lost, ...held].join(' ')
}
