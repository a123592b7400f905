import type { StepDefinition, StepKind } from '../step.ts'
import { checkStart } from './check-start.ts'
import { checkReinstate, checkStop } from './check-stop.ts'
import { orderReconnect, orderStartWork, orderStopWork } from './field-work.ts'
import { cancelFinalBill, dropStop, resumeAgreements } from './reinstate.ts'
import { carryBalance, carryDepositsStep, closeAgreements, finalBill, payOutCredit } from './settle.ts'
import { assessDepositStep, beginService, openAccount, releaseLandlord, startAgreements } from './start.ts'
import { endService, requestStop, revertToLandlord } from './stop.ts'

export { customersOf } from './places.ts'

/** How each kind of step is planned, taken and undone. */
export const STEPS: Readonly<Record<StepKind, StepDefinition>> = {
  check_start: checkStart,
  open_account: openAccount,
  release_landlord: releaseLandlord,
  start_agreements: startAgreements,
  order_start_work: orderStartWork,
  assess_deposit: assessDepositStep,
  begin_service: beginService,
  check_stop: checkStop,
  request_stop: requestStop,
  revert_to_landlord: revertToLandlord,
  order_stop_work: orderStopWork,
  end_service: endService,
  carry_deposits: carryDepositsStep,
  final_bill: finalBill,
  carry_balance: carryBalance,
  pay_out_credit: payOutCredit,
  close_agreements: closeAgreements,
  check_reinstate: checkReinstate,
  resume_agreements: resumeAgreements,
  cancel_final_bill: cancelFinalBill,
  drop_stop: dropStop,
  order_reconnect: orderReconnect,
}
