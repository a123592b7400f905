import { listClients, sealAudit } from '../domain/identity/index.ts'
import type { Task } from '../platform/jobs/index.ts'
import type { JobContext } from './index.ts'

/** This will seal the finished audit entries of every client. */
export function sealAuditTask({ database, clock }: JobContext): Task {
  return async () => {
    for (const { clientId } of await listClients(database.read))
      await database.transaction((tx) => sealAudit(tx, { clientId, now: clock() }))
  }
}
