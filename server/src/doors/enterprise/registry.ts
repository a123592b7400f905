import type { Endpoint } from '../../platform/http/endpoint.ts'
import { accountActivityEndpoints } from './account-activity.ts'
import { accountTermEndpoints } from './account-terms.ts'
import { accountEndpoints } from './accounts.ts'
import { adjustmentActEndpoints } from './adjustment-acts.ts'
import { adjustmentEndpoints } from './adjustments.ts'
import { adminPermissionEndpoints } from './admin-permissions.ts'
import { adminRoleEndpoints } from './admin-roles.ts'
import { adminUserEndpoints } from './admin-users.ts'
import { balanceEndpoints } from './balances.ts'
import { billActEndpoints } from './bill-acts.ts'
import { billRunEndpoints } from './bill-runs.ts'
import { billingPackageEndpoints } from './billing-packages.ts'
import { billingPlaceEndpoints } from './billing-places.ts'
import { billEndpoints } from './bills.ts'
import { chargeCancelEndpoints } from './charge-cancels.ts'
import { chargeEndpoints } from './charges.ts'
import { collectionStepEndpoints } from './collection-steps.ts'
import { contactEndpoints } from './contacts.ts'
import { contractEndpoints } from './contracts.ts'
import { customerEndpoints } from './customers.ts'
import { debtEndpoints } from './debts.ts'
import { depositEndpoints } from './deposits.ts'
import { exemptionEndpoints } from './exemptions.ts'
import { extensionEndpoints } from './extensions.ts'
import { loginEndpoints } from './login.ts'
import { marketDetailEndpoints } from './market-details.ts'
import { newContractEndpoints } from './new-contracts.ts'
import { paymentActEndpoints } from './payment-acts.ts'
import { paymentMethodEndpoints } from './payment-methods.ts'
import { paymentEndpoints } from './payments.ts'
import { planEndpoints } from './plans.ts'
import { premiseEndpoints } from './premises.ts'
import { searchEndpoints } from './search.ts'
import { usageEndpoints } from './usage.ts'
import { workItemEndpoints } from './work-items.ts'

/** Every operation of the door, resource by resource. */
export const enterpriseEndpoints: readonly Endpoint[] = [
  ...loginEndpoints,
  ...searchEndpoints,
  ...customerEndpoints,
  ...accountEndpoints,
  ...accountActivityEndpoints,
  ...accountTermEndpoints,
  ...exemptionEndpoints,
  ...marketDetailEndpoints,
  ...usageEndpoints,
  ...premiseEndpoints,
  ...chargeEndpoints,
  ...planEndpoints,
  ...billEndpoints,
  ...billRunEndpoints,
  ...workItemEndpoints,
  ...contactEndpoints,
  ...billingPackageEndpoints,
  ...billingPlaceEndpoints,
  ...billActEndpoints,
  ...collectionStepEndpoints,
  ...paymentEndpoints,
  ...paymentActEndpoints,
  ...paymentMethodEndpoints,
  ...contractEndpoints,
  ...newContractEndpoints,
  ...extensionEndpoints,
  ...adjustmentEndpoints,
  ...adjustmentActEndpoints,
  ...balanceEndpoints,
  ...debtEndpoints,
  ...depositEndpoints,
  ...chargeCancelEndpoints,
  ...adminRoleEndpoints,
  ...adminUserEndpoints,
  ...adminPermissionEndpoints(() => enterpriseEndpoints),
]
