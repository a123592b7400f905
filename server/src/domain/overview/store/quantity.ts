import { type RawBuilder, sql } from 'kysely'
import { listOf, oneOf } from './fragment.ts'

/** What a usage comes to: its plain quantity (kind ''), whole if it is given whole, else over its times of use. */
export function consumptionOf(
  customerId: RawBuilder<unknown>,
  usageId: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return oneOf(sql`
    select unit, trim_scale(sum(quantity / 10::numeric ^ scale))::text as quantity
      from usage_quantity
     where customer_id = ${customerId} and usage_id = ${usageId} and kind = ''
     group by unit, tou_code = '' order by (tou_code = '') desc, min(line_number) limit 1`)
}

/** The same over every live charge of a bill, in the unit of the first. */
export function consumptionOfBill(
  customerId: RawBuilder<unknown>,
  billId: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return oneOf(sql`
    select q.unit, trim_scale(sum(q.quantity / 10::numeric ^ q.scale))::text as quantity
      from charge g
      join usage_quantity q on q.customer_id = g.customer_id and q.usage_id = g.usage_id
     where g.customer_id = ${customerId} and g.bill_id = ${billId} and g.status = 'frozen' and q.kind = ''
       and (q.tou_code = '' or not exists (
             select 1 from usage_quantity w
              where w.customer_id = q.customer_id and w.usage_id = q.usage_id and w.kind = '' and w.tou_code = ''
                and w.unit = q.unit))
     group by q.unit order by min(g.charge_id * 100 + q.line_number) limit 1`)
}

export function quantitiesOf(
  customerId: RawBuilder<unknown>,
  usageId: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const decimal = (column: string) => sql`trim_scale(${sql.ref(column)} / 10::numeric ^ scale)::text`
  return listOf(sql`
    select loop, unit, tou_code as "touCode", kind, ${decimal('quantity')} as quantity, meter_badge as badge,
           ${decimal('begin_reading')} as "beginReading", ${decimal('end_reading')} as "endReading", estimated
      from usage_quantity where customer_id = ${customerId} and usage_id = ${usageId} order by line_number`)
}
