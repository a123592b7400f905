import { Card, Chip, type Fact, Facts, formatMoney, Icon, useCodeNames } from '@billwright/kit'
import type { AccountCollection, CollectionProcessShown } from '../../../api/client.gen.ts'
import { useWords } from '../../../app/words.ts'
import { useText } from '../../../messages/index.ts'
import styles from './money.module.css'

type Step = CollectionProcessShown['steps'][number]
type Severance = AccountCollection['severances'][number]

/** Steps that were done against past-due debt, and those to come. */
export function CollectionCard({ collection }: { collection: AccountCollection }) {
  const text = useText()
  const { processes, severances } = collection
  const running = processes.filter(({ statusCode }) => statusCode === 'active')
  const over = processes.filter(({ statusCode }) => statusCode !== 'active')
  return (
    <Card title={text('money.collection')}>
      {!running.length && <p className={styles.quiet}>{text('money.collection.none')}</p>}
      {running.map((process) => (
        <Process key={process.processId} process={process} />
      ))}
      {severances.map((severance) => (
        <SeveranceFacts key={severance.severanceId} severance={severance} />
      ))}
      {over.length > 0 && (
        <details className={styles.more}>
          <summary>{text('money.collection.before', { count: over.length })}</summary>
          {over.map((process) => (
            <Process key={process.processId} process={process} />
          ))}
        </details>
      )}
    </Card>
  )
}

function Process({ process }: { process: CollectionProcessShown }) {
  const text = useText()
  const words = useWords()
  const nameOf = useCodeNames()
  const { statusCode, startDate, endDate, endReasonCode, nextStepNumber, steps } = process
  const next = steps.find(({ stepNumber }) => stepNumber === nextStepNumber)
  const isRunning = statusCode === 'active'
  const nextWords = () => {
    if (!next) return text('money.collection.noStep')
    const step = nameOf(`money.step.${next.kindCode}`)
    return next.dueDate ? text('money.collection.on', { step, day: words.day(next.dueDate) }) : step
  }
  const facts: Fact[] = isRunning
    ? [
        {
          label: text('money.collection.stop'),
          value: formatMoney(process.amountToStop),
          strong: true,
        },
        { label: text('account.pastDue'), value: formatMoney(process.pastDueAmount), tone: 'bad' },
        { label: text('money.collection.next'), value: nextWords() },
      ]
    : [
        { label: text('money.collection.began'), value: formatMoney(process.startAmount) },
        { label: text('money.collection.ended'), value: nameOf(`money.end.${endReasonCode}`) },
      ]
  const life = endDate
    ? text('money.contract.over', { start: words.day(startDate), end: words.day(endDate) })
    : text('money.contract.since', { start: words.day(startDate) })
  return (
    <article className={styles.process} data-testid="collection-process">
      <h3>
        {nameOf(`money.debt.${process.debtClassCode}`)}
        <span className={styles.quiet}> · {nameOf(`money.path.${process.pathCode}`)}</span>
      </h3>
      <p className={styles.life}>{life}</p>
      <Facts facts={facts} />
      <ol className={styles.steps} aria-label={text('money.collection.steps')}>
        {steps.map((step) => (
          <StepLine key={step.stepNumber} step={step} isNext={step === next && isRunning} />
        ))}
      </ol>
    </article>
  )
}

function StepLine({ step, isNext }: { step: Step; isNext: boolean }) {
  const text = useText()
  const words = useWords()
  const nameOf = useCodeNames()
  const { statusCode, kindCode, dueDate, doneDate, waitingForCode, askedAmount } = step
  const when = () => {
    if (statusCode === 'complete') return words.day(doneDate)
    if (statusCode === 'cancelled') return text('money.step.leftOut')
    return dueDate ? words.day(dueDate) : text('money.step.after')
  }
  const state = isNext ? 'next' : statusCode
  return (
    <li className={styles.step} data-state={state}>
      <Icon
        name={statusCode === 'complete' ? 'good' : statusCode === 'cancelled' ? 'close' : 'chevron'}
        size={18}
      />
      <span className={styles.stepName}>
        {nameOf(`money.step.${kindCode}`)}
        <span className="visually-hidden">, {nameOf(`money.stepState.${state}`)}</span>
        {waitingForCode && (
          <Chip tone="warn">
            {text('money.step.waits', { reason: nameOf(`money.waits.${waitingForCode}`) })}
          </Chip>
        )}
      </span>
      <span className={styles.stepWhen}>
        {when()}
        {statusCode === 'complete' && askedAmount && ` · ${formatMoney(askedAmount)}`}
      </span>
    </li>
  )
}

function SeveranceFacts({ severance }: { severance: Severance }) {
  const text = useText()
  const words = useWords()
  const { noticeDate, cutFromDate, cutDate, reconnectedDate, statusCode } = severance
  return (
    <article className={styles.process}>
      <h3>
        {text('money.severance', { account: severance.accountNumber })}{' '}
        {statusCode === 'active' && <Chip tone="bad">{text('money.status.active')}</Chip>}
      </h3>
      <Facts
        facts={[
          { label: text('money.severance.notice'), value: words.day(noticeDate) },
          { label: text('money.severance.from'), value: words.day(cutFromDate) },
          { label: text('money.severance.cut'), value: words.day(cutDate) },
          { label: text('money.severance.back'), value: words.day(reconnectedDate) },
        ]}
      />
    </article>
  )
}
