import { Button, Facts, ProblemNotice, SidePanel, Textarea, useCodeNames } from '@billwright/kit'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { WorkItem } from '../../api/client.gen.ts'
import { useActorName } from '../../app/actor.ts'
import { api } from '../../app/api.ts'
import { accountKey } from '../../app/keys.ts'
import { meQuery } from '../../app/queries.ts'
import { NONE, useWords } from '../../app/words.ts'
import { useText } from '../../messages/index.ts'
import styles from './work.module.css'

interface WorkItemPanelProps {
  item: WorkItem
  onClose: () => void
  onDone: () => void
}

/** What is wrong with its numbers, what to do now, and the way to the record. */
export function WorkItemPanel({ item, onClose, onDone }: WorkItemPanelProps) {
  const text = useText()
  const words = useWords()
  const nameOf = useCodeNames()
  const actorName = useActorName()
  const { data: me } = useSuspenseQuery(meQuery)
  const mayClose = item.statusCode === 'open' && me.permissions.includes('workItem.manage')
  return (
    <SidePanel title={item.customerName || text('work.item')} onClose={onClose}>
      <section className={styles.reason}>
        <h3>{text('work.reason')}</h3>
        <p>{words.prose(item.reason)}</p>
        <h3>{text('work.remedy')}</h3>
        <p>{words.prose(item.remedy)}</p>
      </section>
      <Facts
        facts={[
          { label: text('account.number'), value: item.accountNumber || NONE },
          { label: text('work.kind'), value: nameOf(`work.type.${item.typeCode}`) },
          { label: text('work.since'), value: words.moment(item.createdAt) },
          { label: text('work.priority'), value: item.priorityNumber },
          ...(item.closedBy ? [{ label: text('work.closedBy'), value: actorName(item.closedBy) }] : []),
        ]}
      />
      <p className={styles.links}>
        {item.accountPackageId && (
          <Link to="/accounts/$accountKey" params={{ accountKey: accountKey(item) }}>
            {text('work.openAccount')}
          </Link>
        )}
        {item.billRunId && (
          <Link to="/runs/$billRunId" params={{ billRunId: item.billRunId }}>
            {text('run.title', { number: item.billRunId })}
          </Link>
        )}
      </p>
      {mayClose && <CloseForm workItemId={item.workItemId} onDone={onDone} />}
    </SidePanel>
  )
}

function CloseForm({ workItemId, onDone }: { workItemId: string; onDone: () => void }) {
  const text = useText()
  const queries = useQueryClient()
  const [logText, setLogText] = useState('')
  const close = useMutation({
    mutationFn: () => api.call('closeWorkItem', { params: { workItemId }, body: logText ? { logText } : {} }),
    onSuccess: () => {
      onDone()
      queries.invalidateQueries({ queryKey: ['work'] })
      queries.invalidateQueries({ queryKey: ['home'] })
    },
  })
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        close.mutate()
      }}
    >
      <Textarea
        label={text('work.note')}
        value={logText}
        autosize
        minRows={2}
        onChange={(event) => setLogText(event.currentTarget.value)}
      />
      {close.error && <ProblemNotice what={text('work.close.problem')} error={close.error} />}
      <Button type="submit" loading={close.isPending}>
        {text('work.close')}
      </Button>
    </form>
  )
}
