import { Chip, CopyButton, CopyLink, type IconName, type Tone, useCodeNames } from '@billwright/kit'
import { Link } from '@tanstack/react-router'
import type { AccountOverview } from '../../api/client.gen.ts'
import { accountKey } from '../../app/keys.ts'
import { addressLine, NONE, useWords } from '../../app/words.ts'
import { useText } from '../../messages/index.ts'
import styles from './account-header.module.css'

/** Who, where, on which plan, what is owed, and what must not be overlooked. Stays on screen while everything else scrolls. */
export function AccountHeader({ account }: { account: AccountOverview }) {
  const text = useText()
  const words = useWords()
  const nameOf = useCodeNames()
  return (
    <header className={styles.header} data-testid="account-header">
      <div className={styles.who}>
        <div className={styles.name}>
          <h1>{account.customerName}</h1>
          <Chip tone={account.statusCode === 'active' ? 'good' : 'neutral'}>
            {nameOf(`status.account.${account.statusCode}`)}
          </Chip>
          <RiskChips account={account} />
        </div>
        <p className={styles.line}>
          <span className="tabular">{account.accountNumber}</span>
          <CopyButton value={account.accountNumber} label={text('account.copyNumber')} />
          <CopyLink />
          <span>
            {[
              addressLine(account.serviceAddress),
              words.local(account.planName) || text('account.noPlan'),
            ].join(' · ')}
          </span>
        </p>
        <Siblings account={account} />
      </div>
      <Figures account={account} />
    </header>
  )
}

/** Of the whole billing account, as its bills ask; what this service has of it stands below. */
function Figures({ account }: { account: AccountOverview }) {
  const text = useText()
  const words = useWords()
  const { balances: own, billingPackageBalances: whole, putOffAmount } = account
  const isPastDue = Number(whole.pastDueAmount || 0) > 0
  return (
    <dl className={styles.figures}>
      <div className={styles.strong}>
        <dt>{text('money.asked')}</dt>
        <dd data-testid="header-asked">{words.money(whole.currentBalanceAmount)}</dd>
        <OwnShare own={own.currentBalanceAmount} whole={whole.currentBalanceAmount} />
      </div>
      <div data-bad={isPastDue}>
        <dt>{text('account.pastDue')}</dt>
        <dd>{words.money(whole.pastDueAmount)}</dd>
        <OwnShare own={own.pastDueAmount} whole={whole.pastDueAmount} />
      </div>
      {Number(putOffAmount || 0) !== 0 && (
        <div>
          <dt>{text('money.putOff')}</dt>
          <dd data-testid="header-put-off">{words.money(putOffAmount)}</dd>
        </div>
      )}
      <div>
        <dt>{text('account.nextDue')}</dt>
        <dd>{whole.nextDueDate ? words.day(whole.nextDueDate) : NONE}</dd>
      </div>
      <div>
        <dt>{text('account.language')}</dt>
        <dd>{text(account.languageCode === 'es' ? 'language.es' : 'language.en')}</dd>
      </div>
    </dl>
  )
}

function OwnShare({ own, whole }: { own: string; whole: string }) {
  const text = useText()
  const words = useWords()
  if (own === whole) return null
  return <dd className={styles.share}>{text('account.ownShare', { amount: words.money(own) })}</dd>
}

const RISKS: Record<string, { tone: Tone; icon: IconName }> = {
  life_support: { tone: 'bad', icon: 'heart' },
  bankruptcy: { tone: 'bad', icon: 'warning' },
  do_not_cut: { tone: 'bad', icon: 'warning' },
  legal_hold: { tone: 'warn', icon: 'warning' },
}

function RiskChips({ account }: { account: AccountOverview }) {
  const nameOf = useCodeNames()
  const risks = [...account.alerts, ...account.flags].filter(
    (risk, index, all) => all.findIndex((other) => other.typeCode === risk.typeCode) === index,
  )
  return risks.map((risk) => {
    const { tone, icon } = RISKS[risk.typeCode] ?? { tone: 'warn' as const, icon: 'info' as const }
    return (
      <span key={risk.typeCode} title={risk.text} data-testid="risk-chip">
        <Chip tone={tone} icon={icon}>
          {nameOf(`risk.${risk.typeCode}`)}
        </Chip>
      </span>
    )
  })
}

function Siblings({ account }: { account: AccountOverview }) {
  const text = useText()
  const others = account.siblings.filter((sibling) => sibling.accountNumber !== account.accountNumber)
  if (!others.length) return null
  return (
    <p className={styles.line}>
      {text('account.siblings')}{' '}
      {others.slice(0, 3).map((sibling) => (
        <Link
          key={sibling.accountNumber}
          to="/accounts/$accountKey"
          params={{ accountKey: accountKey(sibling) }}
          className={styles.sibling}
        >
          {sibling.accountNumber}
        </Link>
      ))}
      <Link to="/customers/$customerId" params={{ customerId: account.customerId }}>
        {text('account.allOfCustomer', { count: account.siblings.length })}
      </Link>
    </p>
  )
}
