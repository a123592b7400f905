import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { Found, Match, MatchedField } from '../found.ts'
import { anywhere, atStart, personName, premiseAddress } from './fragment.ts'

const EACH = 20

type Where = { clientId: number }

async function matches(tx: Tx, field: MatchedField, query: RawBuilder<unknown>): Promise<Match[]> {
  const { rows } = await sql<Omit<Match, 'field'>>`
    select kind, customer_id as "customerId", agreement_id as "agreementId", bill_id as "billId",
           premise_id as "premiseId", value, score::float8 as score
      from (${query}) as found(kind, customer_id, agreement_id, bill_id, premise_id, value, score)
     limit ${EACH}`.execute(tx)
  return rows.map((row) => ({ ...row, field }))
}

export function matchAccount(tx: Tx, key: { customerId: number; agreementId: number }): Promise<Match[]> {
  return matches(
    tx,
    'accountNumber',
    sql`select 'account', customer_id, agreement_id, null::int, premise_id, '', 100
          from agreement where customer_id = ${key.customerId} and agreement_id = ${key.agreementId}`,
  )
}

export function matchBill(tx: Tx, key: { customerId: number; billId: number }): Promise<Match[]> {
  return matches(
    tx,
    'billNumber',
    sql`select 'bill', customer_id, null::int, bill_id, null::bigint, '', 100
          from bill where customer_id = ${key.customerId} and bill_id = ${key.billId}`,
  )
}

export function matchCustomer(tx: Tx, customerId: number): Promise<Match[]> {
  return matches(
    tx,
    'customerNumber',
    sql`select 'customer', customer_id, null::int, null::int, null::bigint, '', 96
          from customer where customer_id = ${customerId}
        union all
        select 'account', customer_id, agreement_id, null, premise_id, '', 95
          from agreement where customer_id = ${customerId} and kind = 'service'`,
  )
}

/** A badge as a whole, or its beginning, or its last characters. */
export function matchMeter(tx: Tx, { clientId }: Where, badge: string): Promise<Match[]> {
  return matches(
    tx,
    'meterNumber',
    sql`select distinct on (d.device_id) 'meter', ap.customer_id, ap.agreement_id, null::int, sp.premise_id, d.badge,
               case when lower(d.badge) = lower(${badge}) then 98 else 80 end
          from device d
          join install_event i on i.device_id = d.device_id
          join service_point sp on sp.service_point_id = i.service_point_id
          left join agreement_point ap on ap.service_point_id = i.service_point_id
         where d.client_id = ${clientId} and d.badge ilike ${anywhere(badge)}
         order by d.device_id, i.removed_at desc nulls first, ap.end_date desc nulls first, ap.start_date desc`,
  )
}

export function matchExternal(tx: Tx, { clientId }: Where, number: string): Promise<Match[]> {
  return matches(
    tx,
    'ldcAccountNumber',
    sql`select distinct on (sp.service_point_id) case when ap.customer_id is null then 'premise' else 'account' end,
               ap.customer_id, ap.agreement_id, null::int, sp.premise_id, sp.external_number, 97
          from service_point sp
          left join agreement_point ap on ap.service_point_id = sp.service_point_id
         where sp.client_id = ${clientId} and sp.external_number = ${number}
         order by sp.service_point_id, ap.end_date desc nulls first, ap.start_date desc`,
  )
}

/** The customers of some persons, and at most four of each one's service agreements, live ones first. */
function ofPersons(persons: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    with person_found(person_id, value, score) as (${persons}),
    held as (
      select c.customer_id, f.value, f.score from person_found f join customer c on c.main_person_id = f.person_id
      union
      select ap.customer_id, f.value, f.score from person_found f join account_person ap on ap.person_id = f.person_id
    ), ranked as (
      select h.*, a.agreement_id, a.premise_id,
             row_number() over (partition by h.customer_id
               order by a.status in ('active', 'pending_start', 'pending_stop') desc, a.agreement_id) as position,
             count(a.agreement_id) over (partition by h.customer_id) as agreements
        from held h left join agreement a on a.customer_id = h.customer_id and a.kind = 'service'
    )
    select 'account', customer_id, agreement_id, null::int, premise_id, value, score - position * 0.01
      from ranked where position <= 4 and agreement_id is not null
    union all
    select 'customer', customer_id, null, null, null, value, score
      from ranked where position = 1 and agreements <> 1
    order by 7 desc`
}

export function matchPhone(tx: Tx, { clientId }: Where, digits: string): Promise<Match[]> {
  return matches(
    tx,
    'phone',
    ofPersons(sql`
      select p.person_id, n.value, case when n.normalized = ${digits} then 94 else 84 end
        from person_contact n join person p using (person_id)
       where p.client_id = ${clientId} and n.kind in ('phone', 'mobile')
         and (n.normalized = ${digits} or n.normalized like ${`%${digits.slice(-10)}`})
       limit ${EACH}`),
  )
}

export function matchEmail(tx: Tx, { clientId }: Where, email: string): Promise<Match[]> {
  return matches(
    tx,
    'email',
    ofPersons(sql`
      select p.person_id, n.value, case when n.normalized = ${email} then 94 else 84 end
        from person_contact n join person p using (person_id)
       where p.client_id = ${clientId} and n.kind = 'email' and n.normalized like ${atStart(email)}
       limit ${EACH}`),
  )
}

/** Part of a name, or one that sounds written like it: trigrams forgive a slip. */
export function matchName(tx: Tx, { clientId }: Where, words: string): Promise<Match[]> {
  return matches(
    tx,
    'name',
    ofPersons(sql`
      select p.person_id, coalesce(p.organisation_name, concat_ws(' ', p.first_name, p.last_name)),
             case when p.search_name like ${atStart(words)} or p.search_name like ${`% ${words}%`} then 80
                  when p.search_name like ${anywhere(words)} then 72
                  else 40 end + 10 * word_similarity(${words}, p.search_name)
        from person p
       where p.client_id = ${clientId} and (p.search_name like ${anywhere(words)} or ${words} <% p.search_name)
       order by 3 desc, 1 limit ${EACH}`),
  )
}

export function matchAddress(tx: Tx, { clientId }: Where, words: string): Promise<Match[]> {
  return matches(
    tx,
    'address',
    sql`with place(premise_id, value, score) as (
          select pr.premise_id, concat_ws(', ', pr.line1, pr.line2, pr.city),
                 case when pr.search_address like ${atStart(words)} then 79
                      when pr.search_address like ${anywhere(words)} then 71
                      else 38 end + 10 * word_similarity(${words}, pr.search_address)
            from premise pr
           where pr.client_id = ${clientId}
             and (pr.search_address like ${anywhere(words)} or ${words} <% pr.search_address)
           order by 3 desc, 1 limit ${EACH})
        select case when a.customer_id is null then 'premise' else 'account' end, a.customer_id, a.agreement_id,
               null::int, place.premise_id, place.value,
               place.score - case when a.status in ('active', 'pending_start', 'pending_stop') then 0 else 5 end
          from place left join agreement a on a.premise_id = place.premise_id and a.kind = 'service'
         order by 7 desc`,
  )
}

/** Names, addresses and figures of what was found, in the order of the matches. */
export async function describeMatches(tx: Tx, found: readonly Match[]): Promise<Found[]> {
  if (found.length === 0) return []
  const column = (pick: (match: Match) => number | null) => found.map(pick)
  const { rows } = await sql<Omit<Found, keyof Match> & { position: number }>`
    select m.position::int, coalesce(a.account_number, l.account_number)::int as "accountNumber",
           case when p.person_id is not null then ${personName} end as "customerName",
           coalesce(l.status, a.status, c.status, '') as status,
           case when pr.premise_id is not null then ${premiseAddress} end as address,
           case when l.bill_id is not null then
             jsonb_build_object('billDate', l.bill_date, 'amountDueCents', l.amount_due_cents) end as bill
      from unnest(${column((match) => match.customerId)}::bigint[], ${column((match) => match.agreementId)}::int[],
                  ${column((match) => match.billId)}::int[], ${column((match) => match.premiseId)}::bigint[])
           with ordinality as m(customer_id, agreement_id, bill_id, premise_id, position)
      left join customer c on c.customer_id = m.customer_id
      left join person p on p.person_id = c.main_person_id
      left join agreement a on a.customer_id = m.customer_id and a.agreement_id = m.agreement_id
      left join bill l on l.customer_id = m.customer_id and l.bill_id = m.bill_id
      left join premise pr on pr.premise_id = coalesce(m.premise_id, a.premise_id)`.execute(tx)
  const byPosition = new Map(rows.map(({ position, ...row }) => [position, row]))
  return found.flatMap((match, index) => {
    const row = byPosition.get(index + 1)
    return row ? [{ ...match, ...row }] : []
  })
}
