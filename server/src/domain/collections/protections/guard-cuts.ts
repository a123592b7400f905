import type { Tx } from '../../../platform/db/index.ts'
import { getFieldActivity, holdFieldActivity, releaseFieldActivity } from '../../field/index.ts'
import type { Caseload, Rules } from '../debt/caseload.ts'
import { selectSeverances, updateSeverance } from '../store/severance.ts'
import { obstacleTo } from './protection.ts'

/**
 * This will hold the ordered cuts of a customer that something forbids now, and release those that nothing forbids any
 * more. The customer is locked by the caller.
 */
export async function guardCuts(
  tx: Tx,
  { clientId, now, actor }: Pick<Rules, 'clientId' | 'now' | 'actor'>,
  caseload: Pick<Caseload, 'shelter' | 'processes'>,
  customerId: number,
): Promise<void> {
  for (const severance of await selectSeverances(tx, [customerId], { active: true })) {
    if (severance.cutActivityId === null || severance.cutOn !== null) continue
    const { accountNumber, agreementId, processId } = severance
    const debtClass = caseload.processes.find((one) => one.processId === processId)?.debtClass ?? ''
    const target = { customerId, accountNumber, agreementId, debtClass }
    const obstacle = obstacleTo(caseload.shelter.obstacles, 'cut', target)
    const activity = await getFieldActivity(tx, clientId, severance.cutActivityId)
    const name = { clientId, activityId: activity.activityId, now, actor }
    if (obstacle && ['pending', 'scheduled', 'dispatched'].includes(activity.status)) {
      await holdFieldActivity(tx, { ...name, reason: obstacle.source })
      await updateSeverance(tx, severance, { cutDispatchedAt: null })
    }
    if (!obstacle && activity.status === 'held') await releaseFieldActivity(tx, name)
  }
}
