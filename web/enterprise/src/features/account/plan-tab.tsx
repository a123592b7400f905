import {
  Card,
  Chip,
  type Column,
  DataTable,
  EmptyState,
  Facts,
  Placeholder,
  ProblemNotice,
  useCodeNames,
} from '@billwright/kit'
import { useQuery } from '@tanstack/react-query'
import type { AccountPlan } from '../../api/client.gen.ts'
import { useWords } from '../../app/words.ts'
import { useText } from '../../messages/index.ts'
import { plansQuery } from './account-queries.ts'
import styles from './account-tabs.module.css'
import type { TabProps } from './overview-tab.tsx'

type Component = AccountPlan['componentDetailList'][number]

/** The plan now and the plans before, with what each charges. */
export function PlanTab({ accountKey }: TabProps) {
  const text = useText()
  const plans = useQuery(plansQuery(accountKey))
  if (plans.error)
    return <ProblemNotice what={text('plan.problem')} error={plans.error} retry={() => plans.refetch()} />
  if (!plans.data) return <Placeholder height={200} />
  if (!plans.data.length)
    return (
      <EmptyState icon="plan" title={text('plan.none')}>
        <p>{text('plan.none.what')}</p>
      </EmptyState>
    )
  return (
    <div className={styles.column}>
      {plans.data.map((plan) => (
        <PlanCard key={plan.accountPricingId + plan.startDate} plan={plan} />
      ))}
    </div>
  )
}

function PlanCard({ plan }: { plan: AccountPlan }) {
  const text = useText()
  const words = useWords()
  const nameOf = useCodeNames()
  const priceOf = ({ price, pricePer }: Component) => {
    if (!price) return text(pricePer === 'factor' ? 'plan.published' : 'plan.varies')
    if (!pricePer) return `$${price}`
    if (pricePer === '%') return `${price}%`
    return text('plan.pricePer', { price: `$${price}`, per: nameOf(`plan.per.${pricePer}`) })
  }
  const columns: Column<Component>[] = [
    { id: 'description', header: text('plan.component'), value: (part) => words.local(part.text) },
    {
      id: 'type',
      header: text('plan.componentType'),
      value: (part) => nameOf(`plan.kind.${part.kindCode}`),
    },
    { id: 'section', header: text('plan.section'), value: (part) => nameOf(`plan.class.${part.classCode}`) },
    { id: 'price', header: text('plan.price'), value: priceOf, numeric: true },
  ]
  const name = words.local(plan.planName)
  return (
    <Card title={name} actions={!plan.endDate && <Chip tone="good">{text('plan.current')}</Chip>}>
      <Facts
        facts={[
          { label: text('plan.from'), value: words.day(plan.startDate) },
          { label: text('plan.to'), value: words.day(plan.endDate) },
          { label: text('plan.code'), value: plan.planCode },
          { label: text('plan.billings'), value: String(plan.planBillingsNumber) },
        ]}
      />
      <div className={styles.components}>
        <DataTable
          caption={text('plan.components', { plan: name })}
          captionHidden
          columns={columns}
          rows={plan.componentDetailList}
          rowKey={(part) => String(part.accountComponentId) + part.componentCode}
          empty={<p>{text('plan.noComponents')}</p>}
        />
      </div>
    </Card>
  )
}
