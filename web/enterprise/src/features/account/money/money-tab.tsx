import { Placeholder, ProblemNotice } from '@billwright/kit'
import { useQuery } from '@tanstack/react-query'
import { useText } from '../../../messages/index.ts'
import { moneyQuery } from '../account-queries.ts'
import styles from '../account-tabs.module.css'
import type { TabProps } from '../overview-tab.tsx'
import { CollectionCard } from './collection-card.tsx'
import { ContractCards } from './contract-card.tsx'
import { LostDebtCard } from './lost-debt-card.tsx'
import { MoneySummary } from './money-summary.tsx'
import { NoticesCard } from './notices-card.tsx'
import { PayingCard } from './paying-card.tsx'
import { ProtectionsCard } from './protections-card.tsx'
import { RatingCard } from './rating-card.tsx'

/** What is asked for, put off and owed, why, what is done about it and how it is paid. */
export function MoneyTab({ account, accountKey }: TabProps) {
  const text = useText()
  const money = useQuery(moneyQuery(accountKey))
  if (money.error)
    return <ProblemNotice what={text('money.problem')} error={money.error} retry={() => money.refetch()} />
  if (!money.data) return <Placeholder height={180} lines={3} />
  const { collection, contracts, notices, paying } = money.data
  const { customerId, billingPackageId } = account
  const bills = { customerId, billingPackageId }
  return (
    <div className={styles.column}>
      <MoneySummary money={money.data} account={account} />
      <div className={styles.columns}>
        <div className={styles.column}>
          <ContractCards contracts={contracts} bills={bills} />
          <CollectionCard collection={collection} />
          <NoticesCard notices={notices} />
        </div>
        <div className={styles.column}>
          <ProtectionsCard protections={collection.protections} obstacles={collection.obstacles} />
          <LostDebtCard collection={collection} />
          <PayingCard paying={paying} bills={bills} />
          <RatingCard rating={collection.rating} />
        </div>
      </div>
    </div>
  )
}
