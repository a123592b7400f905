import { sql } from 'kysely'
import type { Invariant } from '../../../platform/db/index.ts'

/** What is always true of customers' files. */
export const customerInvariants: readonly Invariant[] = [
  {
    name: 'bills_go_to_current_address',
    sentence: 'An account that keeps addresses has one current one: its own mailing name and address.',
    query: sql`
      select format('billing account %s-%s', a.customer_id, a.account_number) as offender
        from billing_account a
        left join billing_address b on b.customer_id = a.customer_id and b.account_number = a.account_number and b.current
       where exists (select from billing_address k
                      where k.customer_id = a.customer_id and k.account_number = a.account_number)
         and (b.mailing_name, b.mailing_address) is distinct from (a.mailing_name, a.mailing_address)`,
  },
]
