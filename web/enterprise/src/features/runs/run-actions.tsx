import { announce, Button, CopyLink, Dialog, Icon, ProblemNotice } from '@billwright/kit'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { BillRun } from '../../api/client.gen.ts'
import { api, only } from '../../app/api.ts'
import { meQuery } from '../../app/queries.ts'
import { useText } from '../../messages/index.ts'
import styles from './runs.module.css'

const OPERATIONS = { pause: 'pauseBillRun', resume: 'resumeBillRun', cancel: 'cancelBillRun' } as const
type Act = keyof typeof OPERATIONS

/** Pause, resume and cancel; cancelling says first what it means. */
export function RunActions({ run }: { run: BillRun }) {
  const text = useText()
  const { data: me } = useSuspenseQuery(meQuery)
  const [confirming, setConfirming] = useState(false)
  const act = useAct(run.billRunId)
  const isOpen = ['planning', 'running', 'paused'].includes(run.statusCode)
  if (!me.permissions.includes('billRun.manage')) return <CopyLink />
  return (
    <>
      {act.error && <ProblemNotice what={text('run.act.problem')} error={act.error} />}
      <CopyLink />
      {(run.statusCode === 'running' || run.statusCode === 'planning') && (
        <Button
          variant="default"
          leftSection={<Icon name="pause" />}
          loading={act.isPending}
          onClick={() => act.mutate('pause')}
        >
          {text('run.pause')}
        </Button>
      )}
      {run.statusCode === 'paused' && (
        <Button
          leftSection={<Icon name="play" />}
          loading={act.isPending}
          onClick={() => act.mutate('resume')}
        >
          {text('run.resume')}
        </Button>
      )}
      {isOpen && (
        <Button variant="default" onClick={() => setConfirming(true)}>
          {text('run.cancel')}
        </Button>
      )}
      {confirming && (
        <Dialog
          title={text('run.cancel.title', { number: run.billRunId })}
          onClose={() => setConfirming(false)}
        >
          <p>{text('run.cancel.what')}</p>
          <div className={styles.buttons}>
            <Button variant="default" onClick={() => setConfirming(false)}>
              {text('run.cancel.keep')}
            </Button>
            <Button
              color="red"
              onClick={() => {
                act.mutate('cancel')
                setConfirming(false)
              }}
            >
              {text('run.cancel.confirm')}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  )
}

function useAct(billRunId: string) {
  const text = useText()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (act: Act) =>
      only(await api.call(OPERATIONS[act], { params: { billRunId }, body: {} })),
    onSuccess: (run) => {
      queries.setQueryData(['run', billRunId], run)
      queries.invalidateQueries({ queryKey: ['runs'] })
      announce(text(`status.run.${run.statusCode}`))
    },
  })
}
